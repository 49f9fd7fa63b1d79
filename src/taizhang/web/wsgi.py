"""The site as a WSGI application."""

from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from taizhang.config.starting import starting

with starting():
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # pages and interface are made before the first reader asks, who would wait seconds for them
