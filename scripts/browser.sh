#!/bin/sh
# The browser tests drive the system's Chromium, with a font that holds Chinese. Installed by apt when this machine lets us;
# otherwise the one line to run is printed, and the browser tests say that they were left out.
have_font() { fc-list 2>/dev/null | grep -qi 'noto.*cjk'; }
command -v chromium >/dev/null 2>&1 && have_font && exit 0
line="apt-get install -y --no-install-recommends chromium fonts-noto-cjk fontconfig"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium and a Chinese font ..."
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive $line -qq) >/dev/null 2>&1 && exit 0
fi
echo "The browser tests need Chromium and a Chinese font. Run:  sudo $line"
