"""The site as a WSGI application."""

import logging
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from taizhang.config.starting import starting

log = logging.getLogger("taizhang.web")


def read_ahead() -> None:
    """What boards open with. A site that cannot read it answers nevertheless, and says to each reader why."""
    from taizhang.figures import preparing
    from taizhang.web.asking import default_period

    day, was_open = settings.HOME.working_day(), connection.connection is not None
    try:
        preparing.read_ahead(default_period(day), day)
    except Exception as error:
        log.warning("boards could not be read ahead (%s)", type(error).__name__)  # its message could hold a person's values
    finally:
        if not was_open:
            connection.close()


with starting():
    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # pages and interface are made before the first reader asks, who would wait seconds for them
    read_ahead()
