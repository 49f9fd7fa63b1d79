#!/bin/sh
# Spark needs Java 17 or later. Installed by apt when this machine lets us; otherwise the one line to run is printed.
java -version >/dev/null 2>&1 && exit 0
line="apt-get install -y --no-install-recommends openjdk-17-jre-headless"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Java ..."
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive $line -qq) >/dev/null 2>&1 && java -version >/dev/null 2>&1 && exit 0
fi
echo "The tests of the cluster need Java. Run:  sudo $line"
exit 1
