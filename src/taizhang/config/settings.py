"""Django settings, all derived from the home in force and environment variables.

TAIZHANG_HOME          the home folder
TAIZHANG_DATABASE_URL  postgresql://user:password@host:port/name, or postgresql://user@/name?host=/folder/of/its/socket&port=5432;
                       without it, SQLite in the home
TAIZHANG_HOSTS         comma-separated host names the site answers to, beside localhost
TAIZHANG_TLS           "proxy" where a reverse proxy with TLS stands before the site and says so in X-Forwarded-Proto
TAIZHANG_LOG           "json" for one JSON object a log line
TAIZHANG_METRICS_TOKEN lets a monitor on another machine read /metrics
TAIZHANG_ENGINE        where figures are summed: duckdb (in the process, the default), spark or postgresql
TAIZHANG_ENGINE_URL    of Spark its master (spark://host:7077), else what spark-defaults.conf says; of PostgreSQL its address, else the
                       service database
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from taizhang.config import home, logs

HOME = home.current()
_FOLDERS = Path(__file__).resolve().parents[1] / "programmes"

# Lines of work, in no order that matters (each declares its place). A new one is a folder and a line here.
PROGRAMMES = [
    "taizhang.programmes.health_records",
    "taizhang.programmes.hypertension",
    "taizhang.programmes.diabetes",
    "taizhang.programmes.copd",
    "taizhang.programmes.elderly",
    "taizhang.programmes.insurance",
    "taizhang.programmes.health_education",
    "taizhang.programmes.children",
    "taizhang.programmes.maternal",
    "taizhang.programmes.mental_illness",
    "taizhang.programmes.tuberculosis",
    "taizhang.programmes.malaria",
    "taizhang.programmes.hiv",
    "taizhang.programmes.essential_medicines",
    "taizhang.programmes.supervision",
    "taizhang.programmes.integrated_management",
    "taizhang.programmes.community_health",
    "taizhang.programmes.construction",
    "taizhang.programmes.workforce",
    "taizhang.programmes.patriotic_health",
    "taizhang.programmes.complaints",
    "taizhang.programmes.rectification",
    "taizhang.programmes.surveillance",
    "taizhang.programmes.infectious_disease",
    "taizhang.programmes.immunisation",
    "taizhang.programmes.emergency",
    "taizhang.programmes.blood",
    "taizhang.programmes.institutions",
    "taizhang.programmes.quality",
    "taizhang.programmes.health_poverty_relief",
    "taizhang.programmes.hotline",
    "taizhang.programmes.office",
    "taizhang.programmes.family_doctor",
    "taizhang.programmes.traditional_medicine",
    "taizhang.programmes.deeds",
    "taizhang.programmes.titles",
    "taizhang.programmes.supervision_assistance",
]
# Packages that declare without being a line of work.
DECLARING = ["taizhang.county", "taizhang.returns", "taizhang.settlement"]

# Those with records of their own are Django applications; the others report by returns alone.
_RECORDED = [package for package in PROGRAMMES if (_FOLDERS / package.rsplit(".", 1)[1] / "apps.py").exists()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "taizhang.county",
    "taizhang.ledger",
    "taizhang.returns",
    "taizhang.worklist",
    "taizhang.figures",
    "taizhang.summaries",
    "taizhang.summaries.desk",
    "taizhang.summaries.publishing",
    "taizhang.settlement",
    "taizhang.web",
    *_RECORDED,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before WhiteNoise, so that the site's own styles and scripts, which have no .gz beside them, are sent as small as the pages.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "taizhang.web.middleware.LanguageMiddleware",
    "taizhang.web.middleware.SafetyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "taizhang.web.kept.SignedOutMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "taizhang.web.middleware.ActorMiddleware",
    "taizhang.web.password.FirstPasswordMiddleware",
    "taizhang.web.middleware.ToldMiddleware",
]

ROOT_URLCONF = "taizhang.web.urls"
WSGI_APPLICATION = "taizhang.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_FOLDERS.parent / "web" / "templates"],
        "OPTIONS": {
            "environment": "taizhang.web.jinja.Pages",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taizhang.web.context.site",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    url = os.environ.get("TAIZHANG_DATABASE_URL")
    if url:
        parts = urlsplit(url)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or asked.get("host", ""),
            "PORT": str(parts.port or asked.get("port", "")),
            "CONN_MAX_AGE": 60,
            # Hundreds of readers share the cores: a list that takes two of them makes the others wait, and compiling its query takes
            # longer than reading fifty rows.
            "OPTIONS": {"options": "-c max_parallel_workers_per_gather=0 -c jit=off"},
            "ATOMIC_REQUESTS": False,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        # Measured: with Django's deferred transactions 50 writers meet thousands of "database is locked"; with these, none.
        # ATOMIC_REQUESTS would take the write lock for every page that only reads.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "ATOMIC_REQUESTS": False,
        # A file, not memory: the consumer and the pages of a test read it over connections of their own.
        "TEST": {"NAME": HOME.path / "test.sqlite3"},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "county.Staff"
AUTHENTICATION_BACKENDS = ["taizhang.web.signing_in.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SECRET_KEY = HOME.key("session").hex() if (HOME.keys / "session.key").exists() else os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("TAIZHANG_HOSTS", "").split(","))]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "board"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "taizhang.web.kept.expired"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
if os.environ.get("TAIZHANG_TLS") == "proxy":
    # Without it every form is refused: the browser's origin says https, the proxy's request http.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
METRICS_TOKEN = os.environ.get("TAIZHANG_METRICS_TOKEN", "")
ENGINE = os.environ.get("TAIZHANG_ENGINE") or "duckdb"
ENGINE_URL = os.environ.get("TAIZHANG_ENGINE_URL", "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "taizhang.web.storage.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # addresses change with the contents (web/storage.py)

LOGGING = logs.configuration(os.environ.get("TAIZHANG_LOG"))
