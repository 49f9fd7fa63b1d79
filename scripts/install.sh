#!/bin/sh
# Installs Taizhang from this archive, without any network; a newer archive's install.sh upgrades, --rollback goes back. See manual/.
# Exit status: 0 done; 1 it could not be done, and what stood before stands again; 2 refused, with the reason and the cure.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)

# -- words -------------------------------------------------------------------------------------------------------------------

lang=${TAIZHANG_LANG:-zh}
say() { if [ "$lang" = en ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
refuse() { say "$1" "$2" >&2; exit 2; }
fail() { say "$1" "$2" >&2; exit 1; }

usage() {
  say "用法：
  sh install.sh --org 6位区划代码 --name 机构名称 [选项]    首次安装
  sh install.sh                                             升级（用新版本安装包里的 install.sh）
  sh install.sh --rollback [--to-backup]                    退回上一个版本
  sh install.sh --check                                     只检查安装包和本机
首次安装的选项：
  --name-en 名称      机构的英文名称
  --host 主机名       经 nginx（TLS）访问时网站的主机名，可用逗号分隔多个
  --database 地址     PostgreSQL 地址，缺省用台账目录里的 SQLite
  --home 目录         台账目录，缺省 /var/lib/taizhang
  --backups 目录      备份目录，缺省 /var/backups/taizhang
  --take-over         台账目录里已有台账（例如重装系统之后），接着用
各次都可用：
  --prefix 目录       不用 root 试装：程序、台账、备份、设置都放在这个目录里，不建系统用户和服务
  --python 程序       用哪个 Python
  --lang zh|en        输出语言" "Usage:
  sh install.sh --org CODE --name NAME [options]    first installation (CODE: the bureau's 6-digit division code)
  sh install.sh                                     upgrade (the install.sh of the newer archive)
  sh install.sh --rollback [--to-backup]            back to the version before
  sh install.sh --check                             look at the archive and this machine only
Options of the first installation:
  --name-en NAME     the bureau's English name
  --host NAME        host name of the site behind nginx with TLS; several by comma
  --database URL     PostgreSQL; SQLite in the home by default
  --home DIR         the home, /var/lib/taizhang by default
  --backups DIR      backups, /var/backups/taizhang by default
  --take-over        the home holds a county already (after a new operating system, say): go on with it
At any time:
  --prefix DIR       a trial without root: programs, home, backups and settings all in DIR, no system user, no services
  --python PROGRAM   which Python
  --lang zh|en       language of the output"
}

action=install prefix='' trial='' home='' backups='' org='' name='' name_en='' host='' database='' python='' take_over='' to_backup=''
while [ $# -gt 0 ]; do
  case $1 in
    --org | --name | --name-en | --host | --database | --home | --backups | --prefix | --python | --lang)
      [ $# -ge 2 ] || refuse "$1 后面缺少值。" "$1 needs a value."
      case $1 in
        --org) org=$2 ;; --name) name=$2 ;; --name-en) name_en=$2 ;; --host) host=$2 ;; --database) database=$2 ;; --home) home=$2 ;;
        --backups) backups=$2 ;; --prefix) prefix=$2 trial=yes ;; --python) python=$2 ;; --lang) lang=$2 ;;
      esac
      shift 2 ;;
    --rollback) action=rollback; shift ;;
    --to-backup) to_backup=yes; shift ;;
    --check) action=check; shift ;;
    --take-over) take_over=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; refuse "不认识的选项：$1" "Unknown option: $1" ;;
  esac
done
first_options=$org$name$name_en$host$database$home$backups$take_over

# -- where everything lies -----------------------------------------------------------------------------------------------------

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s' "$PWD/$1" ;; esac; }
prefix=$(absolute "${prefix:-/opt/taizhang}")
if [ -n "$trial" ]; then
  account='' etc=$prefix/etc home=$(absolute "${home:-$prefix/home}") backups=$(absolute "${backups:-$prefix/backups}")
else
  account=taizhang etc=/etc/taizhang home=$(absolute "${home:-/var/lib/taizhang}") backups=$(absolute "${backups:-/var/backups/taizhang}")
fi
for path in "$prefix" "$home" "$backups"; do
  case $path in *[!A-Za-z0-9/._-]*)
    refuse "目录名 $path 只能用字母、数字和 / . _ - ，请换一个。" "The folder $path may hold letters, digits and / . _ - only; choose another." ;;
  esac
done
state=$prefix/installed
current=''
if [ -f "$state" ]; then
  # shellcheck source=/dev/null
  . "$state"
  current=$(readlink "$prefix/current" 2>/dev/null || true)
  [ -z "$account" ] || trial=''
fi
if [ -z "$trial" ] && [ "$action" != check ] && [ "$(id -u)" != 0 ]; then
  refuse "安装为服务需要 root（sudo sh install.sh …）。不用 root 试装请加 --prefix 目录。" \
    "Installing a service needs root (sudo sh install.sh ...). To try it without root: --prefix DIR."
fi
has_systemd() { [ -z "$trial" ] && [ -d /run/systemd/system ]; }

# -- the archive and the machine -------------------------------------------------------------------------------------------------

version='' kilobytes=0
check_archive() {
  for needed in facts SHA256SUMS requirements.txt; do
    [ -f "$here/$needed" ] || refuse "安装包不完整：缺少 $needed。请重新拷贝安装包并解开。" "The archive is not complete: $needed is missing. Copy and unpack it again."
  done
  if ! found=$(cd "$here" && LC_ALL=C sha256sum --check --quiet SHA256SUMS 2>&1); then
    altered=$(printf '%s\n' "$found" | sed -n 's/: FAILED.*$//p' | head -n 1)
    refuse "安装包里的文件 ${altered:-（见下）} 缺失或被改动，未安装。请重新拷贝安装包，并用 .sha256 文件核对。" \
      "The archive's file ${altered:-(see below)} is missing or altered; nothing was installed. Copy the archive again and check it by its .sha256."
  fi
  fact() { sed -n "s/^$1=//p" "$here/facts"; }
  version=$(fact version)
  machine=$(uname -m)
  case $machine in amd64) machine=x86_64 ;; arm64) machine=aarch64 ;; esac
  kilobytes=$(fact "kilobytes_$machine")
  if [ -z "$kilobytes" ]; then
    held=$(sed -n 's/^kilobytes_\([^=]*\)=.*/\1/p' "$here/facts" | paste -sd' ')
    refuse "本机是 $machine，这个安装包只有 $held 的程序，未安装。请取用本机架构的安装包。" \
      "This machine is $machine; the archive holds programs for $held only. Nothing was installed. Take the archive for this architecture."
  fi
  library=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //') || true
  wanted=$(fact glibc)
  if [ -z "$library" ] || [ "$(printf '%s\n%s\n' "$wanted" "$library" | sort -V | head -n 1)" != "$wanted" ]; then
    refuse "本机的C库（${library:-不是glibc}）低于 glibc $wanted，未安装。请换用 Debian 12 或更新的系统。" \
      "This machine's C library (${library:-not glibc}) is older than glibc $wanted. Nothing was installed. Use Debian 12 or later."
  fi
}

# The wheels are compiled for one Python, and run on no other.
find_python() {
  wanted=$(fact python)
  seen=''
  for candidate in ${python:-"python$wanted" python3}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    is=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if [ "$is" = "$wanted" ]; then
      python=$(command -v "$candidate")
      "$python" -c 'import venv, ssl, sqlite3, zlib' 2>/dev/null ||
        refuse "$python 缺少标准库的 venv、ssl、sqlite3 或 zlib。Debian 请安装 python3（含 libpython3-stdlib）。" \
          "$python lacks venv, ssl, sqlite3 or zlib of the standard library. On Debian install python3 (with libpython3-stdlib)."
      return 0
    fi
    seen=${seen:-$is}
  done
  if [ -z "$seen" ]; then
    refuse "没有找到 ${python:-Python $wanted}。请从系统安装盘安装 Python $wanted，或用 --python 指明。" \
      "${python:-Python $wanted} was not found. Install Python $wanted from your system's media, or name it with --python."
  fi
  refuse "本机的 Python 是 $seen，这个安装包需要 Python $wanted，未安装。请从系统安装盘安装 Python $wanted，或用 --python 指明。" \
    "This machine's Python is $seen; the archive needs Python $wanted. Nothing was installed. Install it from your system's media, or name it with --python."
}

needs=''
need() { # DIR KILOBYTES: space wanted on the disk that DIR is or will be on
  on=$1
  while [ ! -d "$on" ]; do on=$(dirname "$on"); done
  needs="$needs$(df -Pk "$on" | awk -v want="$2" 'NR == 2 { print $6, $4, want }')
"
}
check_space() {
  short=$(printf '%s' "$needs" | awk '{ want[$1] += $3; free[$1] = $2 } END {
    for (disk in want) if (want[disk] > free[disk]) { print disk, int(want[disk] / 1024) + 1, int(free[disk] / 1024); exit } }')
  [ -n "$short" ] || return 0
  # shellcheck disable=SC2086
  set -- $short
  refuse "磁盘空间不够：$1 需要 $2 MB，只剩 $3 MB，未作改动。请腾出空间或换一个目录。" \
    "The disk is too small: $1 needs $2 MB and has $3 MB left. Nothing was changed. Make room, or choose another folder."
}

# -- running what is installed -----------------------------------------------------------------------------------------------------

as_service() { if [ -n "$account" ]; then runuser -u "$account" -- "$@"; else "$@"; fi; }
with_settings() ( # COMMAND ...: in the home, with the service's settings, as its user
  set -a
  # shellcheck source=/dev/null
  . "$etc/taizhang.env"
  set +a
  unset PYTHONPATH PYTHONHOME
  cd "$home"
  export HOME="$home" TAIZHANG_LANG="$lang"
  as_service "$@"
)
taizhang_of() { at=$1; shift; with_settings "$prefix/$at/bin/taizhang" "$@"; }
on_postgresql() { grep -q '^TAIZHANG_DATABASE_URL=.' "$etc/taizhang.env"; }
# shellcheck disable=SC2016
in_postgresql() { # STATEMENT ...: all or none
  with_settings sh -c 'url=$TAIZHANG_DATABASE_URL; for each; do set -- "$@" -c "$each"; shift; done
    exec psql -X -q -1 -v ON_ERROR_STOP=1 "$@" "$url"' in_postgresql "$@"
}

stop_services() {
  if has_systemd; then systemctl stop taizhang-backup.timer taizhang-backup.service taizhang-site taizhang-consumer; fi
  for process in /proc/[0-9]*; do
    if tr '\0' '\n' <"$process/cmdline" 2>/dev/null | grep -q -e "^$prefix/current/bin/" -e "^$prefix/$current/bin/"; then
      start_services
      refuse "台账还在运行（进程 ${process#/proc/}）。请先停下再试。" "Taizhang is running (process ${process#/proc/}). Stop it and try again."
    fi
  done
}
start_services() {
  if has_systemd; then systemctl start taizhang-consumer taizhang-site taizhang-backup.timer; fi
}
answers() { # wait until the site shows its first page, a minute at most
  "$prefix/current/bin/python" -I - <<'PYTHON'
import sys, time, urllib.request
for _ in range(120):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open("http://127.0.0.1:8000/sign-in/", timeout=5) as page:
            sys.exit(page.status != 200)
    except OSError:
        time.sleep(0.5)
sys.exit(1)
PYTHON
}
tell_running() {
  if ! has_systemd; then
    say "启动：$prefix/taizhang serve" "To start it: $prefix/taizhang serve"
  elif answers; then
    say "网站已启动：http://127.0.0.1:8000/" "The site is running: http://127.0.0.1:8000/"
  else
    say "网站一分钟内没有应答。请看：journalctl -u taizhang-site -u taizhang-consumer" \
      "The site did not answer within a minute. See: journalctl -u taizhang-site -u taizhang-consumer"
  fi
}

# -- undoing what was begun --------------------------------------------------------------------------------------------------------

made='' made_account='' filled='' stopped='' backup_to_put_back=''
on_exit() {
  status=$?
  trap - EXIT INT TERM HUP
  if [ "$status" != 0 ]; then
    set +e
    if [ -n "$backup_to_put_back" ] && ! taizhang_of "$current" migrate --check >/dev/null; then put_back "$current" "$backup_to_put_back"; fi
    [ -z "$filled" ] || find "$filled" -mindepth 1 -delete
    # shellcheck disable=SC2086
    [ -z "$made" ] || rm -rf $made
    if [ -n "$made_account" ]; then userdel "$account" 2>/dev/null; fi
    if [ -n "$stopped" ]; then start_services; fi
  fi
  exit "$status"
}
trap on_exit EXIT
trap 'exit 130' INT TERM HUP
will_make() { [ -e "$1" ] || made="$made $1"; }

# -- home and database: aside, and back ------------------------------------------------------------------------------------------------

# The home is renamed, and on PostgreSQL the schema; what is aside is never removed by this script. PREFIX/aside names it while the
# restoring is under way, so that one that was killed is undone by the next run.
undo_aside() {
  [ -f "$prefix/aside" ] || return 0
  mark=$(cat "$prefix/aside")
  if [ -d "$home.$mark" ]; then rm -rf "$home" && mv "$home.$mark" "$home"; fi
  if on_postgresql; then
    schema=$(printf '%s' "$mark" | tr -c 'a-z0-9' _)
    if [ -n "$(in_postgresql "COPY (SELECT 1 FROM pg_namespace WHERE nspname = '$schema') TO STDOUT")" ]; then
      in_postgresql "SET client_min_messages = warning" "DROP SCHEMA IF EXISTS public CASCADE" "ALTER SCHEMA $schema RENAME TO public"
    fi
  fi
  rm -f "$prefix/aside"
}
put_back() { # VERSION BACKUP: home and database as they were at the backup, by that version's program
  mark=aside-$(date +%Y%m%d%H%M%S)
  printf '%s' "$mark" >"$prefix/aside"
  if {
    { ! on_postgresql || in_postgresql "ALTER SCHEMA public RENAME TO $(printf '%s' "$mark" | tr -c 'a-z0-9' _)" \
      "CREATE SCHEMA public AUTHORIZATION pg_database_owner"; } &&
    mv "$home" "$home.$mark" && make_folder "$home" && taizhang_of "$1" restore "$2" --keys "$home.$mark/keys" --home "$home"
  }; then
    # What no backup holds and nothing can make anew, such as refused rows: taken along.
    for entry in "$home.$mark"/*; do
      case ${entry##*/} in taizhang.sqlite3*) continue ;; esac
      [ -e "$home/${entry##*/}" ] || cp -a "$entry" "$home/"
    done
    rm -f "$prefix/aside"
    say "升级后的内容另存在 $home.$mark；确认不再需要后可以删除。" "What was there after the upgrade is kept in $home.$mark; remove it once nobody needs it."
    if on_postgresql; then
      say "（数据库内容在同名的模式 $(printf '%s' "$mark" | tr -c 'a-z0-9' _) 里。）" "(Its database is in the schema $(printf '%s' "$mark" | tr -c 'a-z0-9' _).)"
    fi
    return 0
  fi
  undo_aside
  return 1
}
make_folder() { if [ -n "$account" ]; then install -d -m 0700 -o "$account" -g "$account" "$1"; else install -d -m 0700 "$1"; fi; }

# -- the three things it does --------------------------------------------------------------------------------------------------------

lock() { # one at a time; the lock goes with the process
  mkdir -p "$prefix"
  exec 9>"$prefix/.lock"
  flock -n 9 || refuse "另一个安装正在进行。" "Another installation is under way."
}

# Packages into a folder of the version's own. It counts only once `complete` is in it.
install_programs() {
  target=$prefix/$version
  if [ -e "$target" ] && [ ! -e "$target/complete" ]; then
    say "清除上次没有装完的 $target" "Removing $target, which an earlier run did not finish"
    rm -rf "$target"
  fi
  [ ! -e "$target/complete" ] || return 0
  will_make "$target"
  say "安装程序到 $target ……" "Installing programs into $target ..."
  log=$(mktemp)
  if ! { "$python" -I -m venv --without-pip "$target" &&
    PIP_CONFIG_FILE=/dev/null "$target/bin/python" -I "$(echo "$here"/wheels/any/pip-*.whl)/pip" --isolated install --quiet --disable-pip-version-check --no-input \
      --no-cache-dir --no-index --find-links="$here/wheels/any" --find-links="$here/wheels/$machine" --no-deps --require-hashes \
      --only-binary :all: --no-warn-script-location -r "$here/requirements.txt"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "程序没有装上（原因见上），已全部撤销。" "The programs could not be installed (see above); all of it was undone."
  fi
  rm -f "$log"
  cp -R "$here/deploy" "$here/manual" "$here/install.sh" "$target/"
  if [ -n "$account" ] && ! as_service "$target/bin/python" -I -c 'import django, duckdb, taizhang'; then
    fail "用户 $account 不能运行 $python（在只有 root 能进的目录里？），已全部撤销。请用系统的 Python。" \
      "The user $account cannot run $python (in a folder only root may enter?); all of it was undone. Use the system's Python."
  fi
  : >"$target/complete"
}
point_to() { # atomically
  ln -sfn "$1" "$prefix/.current.new"
  mv -T "$prefix/.current.new" "$prefix/current"
}
write_command() {
  cat >"$prefix/.taizhang.new" <<COMMAND
#!/bin/sh
# taizhang with this installation's settings and, for a service, as its user.
set -eu
if [ ! -r $etc/taizhang.env ]; then
  echo "请用 root 或 $account 运行。 Run it as root or $account." >&2
  exit 2
fi
set -a
. $etc/taizhang.env
set +a
account='$account'
if [ -z "\$account" ] || [ "\$(id -un)" = "\$account" ]; then
  exec $prefix/current/bin/taizhang "\$@"
fi
export HOME=$home
exec runuser -u "\$account" -- sh -c '[ -x . ] || cd "\$HOME"; exec $prefix/current/bin/taizhang "\$@"' taizhang "\$@"
COMMAND
  chmod 0755 "$prefix/.taizhang.new"
  mv "$prefix/.taizhang.new" "$prefix/taizhang"
}
# Units, nginx and PostgreSQL files of this version, with this installation's folders in them.
write_units() { # VERSION
  has_systemd || return 0
  for unit in "$prefix/$1"/deploy/taizhang-*.service "$prefix/$1"/deploy/taizhang-*.timer; do
    sed -e "s|/opt/taizhang|$prefix|g" -e "s|/var/lib/taizhang|$home|g" -e "s|/var/backups/taizhang|$backups|g" "$unit" \
      >"/etc/systemd/system/${unit##*/}"
  done
  systemctl daemon-reload
}

check_first_options() {
  if [ -z "$take_over" ] && { [ -z "$org" ] || [ -z "$name" ]; }; then
    usage >&2
    refuse "首次安装要用 --org 和 --name 指明机构。" "The first installation needs --org and --name."
  fi
  case $host in *[!A-Za-z0-9,.-]*) refuse "主机名 $host 只能用字母、数字和 . - ，多个用逗号分隔。" "The host name $host may hold letters, digits, . and - only; several by comma." ;; esac
  case $database in *\'*) refuse "数据库地址里的单引号请写作 %27。" "Write a single quote in the database's address as %27." ;; esac
  if [ -n "$database" ]; then
    for tool in pg_dump pg_restore psql; do
      command -v "$tool" >/dev/null 2>&1 || refuse "没有找到 $tool。请从系统安装盘安装 postgresql-client。" "$tool was not found. Install postgresql-client from your system's media."
    done
  fi
  if [ -e "$home/home.json" ] && [ -z "$take_over" ]; then
    refuse "$home 已经有台账，未作改动。接着用请加 --take-over（先备份），否则用 --home 换一个目录。" \
      "$home holds a county already; nothing was touched. To go on with it add --take-over (back it up first), or choose another --home."
  elif [ ! -e "$home/home.json" ] && [ -n "$take_over" ]; then
    refuse "$home 里没有台账，不能接着用。请用 --home 指明。" "$home holds no county to take over. Name it with --home."
  elif [ -z "$take_over" ] && [ -d "$home" ]; then
    [ -z "$(ls -A "$home")" ] || refuse "$home 不是空目录，未作改动。请用 --home 换一个目录。" "$home is not empty; nothing was touched. Choose another folder with --home."
  fi
}
first_install() {
  need "$prefix" "$kilobytes"
  need "$home" 204800
  check_space
  will_make "$prefix"
  lock
  if [ -n "$account" ] && ! id "$account" >/dev/null 2>&1; then
    useradd --system --user-group --home-dir "$home" --no-create-home --shell /usr/sbin/nologin "$account"
    made_account=yes
  fi
  install_programs
  if [ -d "$home" ] && [ -z "$take_over" ]; then filled=$home; fi
  will_make "$home"
  will_make "$backups"
  will_make "$etc"
  make_folder "$home"
  make_folder "$backups"
  mkdir -p "$etc"
  if [ ! -e "$etc/taizhang.env" ]; then
    will_make "$etc/taizhang.env"
    sed -e "s|^TAIZHANG_HOME=.*|TAIZHANG_HOME=$home|" -e "s|^# /etc/taizhang/|# |" -e "/^TAIZHANG_DATABASE_URL=/d" \
      -e "s|^TAIZHANG_HOSTS=.*|TAIZHANG_HOSTS=$host|" "$here/deploy/taizhang.env" | if [ -n "$host" ]; then cat; else sed '/^TAIZHANG_TLS=/d'; fi \
      >"$etc/taizhang.env"
    if [ -n "$database" ]; then printf "TAIZHANG_DATABASE_URL='%s'\n" "$database" >>"$etc/taizhang.env"; fi
    chmod 0640 "$etc/taizhang.env"
    if [ -n "$account" ]; then chgrp "$account" "$etc/taizhang.env"; fi
  fi
  sed "s|taizhang.example.cn|$(h=${host:-taizhang.example.cn}; echo "${h%%,*}")|" "$here/deploy/nginx.conf" >"$etc/nginx.conf"
  if [ -n "$take_over" ]; then
    if [ -n "$account" ]; then chown -R "$account:$account" "$home"; fi
    taizhang_of "$version" migrate || fail "数据库没有升级成功，程序已撤销，台账目录未删。" "The database could not be brought up; the programs were undone, the home is left."
  else
    taizhang_of "$version" init --org "$org" --name "$name" --name-en "$name_en" || fail "没有建成台账（原因见上），已全部撤销。" "The county could not be made (see above); all of it was undone."
  fi
  printf "home='%s'\nbackups='%s'\netc='%s'\naccount='%s'\n" "$home" "$backups" "$etc" "$account" >"$state.new"
  write_command
  if [ -n "$account" ] && [ ! -e /usr/local/bin/taizhang ]; then ln -s "$prefix/taizhang" /usr/local/bin/taizhang; fi
  point_to "$version"
  mv "$state.new" "$state"
  made='' made_account='' filled=''
  write_units "$version"
  if has_systemd; then systemctl enable --quiet --now taizhang-consumer taizhang-site taizhang-backup.timer; fi
  say "已安装台账 $version。首次密码只显示这一次，请记下，登录后修改。
命令：$prefix/taizhang    设置：$etc/taizhang.env    手册：$prefix/current/manual/index.html
密钥在 $home/keys，不在每夜的备份里：请现在另存一份到别处，没有密钥任何备份都无法恢复。" \
    "Taizhang $version is installed. The first password is shown this once: note it, and change it after signing in.
Command: $prefix/taizhang    settings: $etc/taizhang.env    manual: $prefix/current/manual/index.html
The keys are in $home/keys and not in the nightly backups: copy them elsewhere now; without them no backup can be restored."
  tell_running
}

upgrade() {
  [ -z "$first_options" ] || refuse "已经安装过 $current；这些选项只用于首次安装，升级时不要写。" "$current is installed already; those options are of a first installation only."
  [ "$current" != "$version" ] || refuse "$version 已经装好，无事可做。" "$version is installed already; there is nothing to do."
  if [ "$(printf '%s\n%s\n' "$version" "$current" | sort -V | tail -n 1)" != "$version" ]; then
    refuse "现在的版本 $current 比这个安装包（$version）新，未作改动。要退回请用 --rollback。" \
      "The version installed, $current, is newer than this archive ($version). Nothing was changed. To go back use --rollback."
  fi
  need "$prefix" "$kilobytes"
  need "$backups" "$(du -sk "$home" | cut -f 1)"
  check_space
  lock
  undo_aside
  install_programs
  stopped=yes
  stop_services
  made="$made $prefix/$version"
  # A run that was killed after it changed the tables goes on with the backup it made; one killed before makes another.
  if [ ! -f "$prefix/$version/came-from" ] || taizhang_of "$current" migrate --check >/dev/null; then
    backup=$backups/before-$version-$(date +%Y%m%dT%H%M%S)
    taizhang_of "$current" backup "$backup" || fail "升级前的备份没有做成（原因见上），未升级。" "The backup before the upgrade could not be made (see above); nothing was upgraded."
    printf '%s\n%s\n' "$current" "$backup" >"$prefix/$version/came-from"
  fi
  backup_to_put_back=$(sed -n 2p "$prefix/$version/came-from")
  taizhang_of "$version" migrate || fail "数据库没有升级成功（原因见上），退回 $current。" "The database could not be upgraded (see above); going back to $current."
  point_to "$version"
  backup_to_put_back='' made=''
  write_command
  write_units "$version"
  start_services
  say "已从 $current 升级到 $version。升级前的备份：$(sed -n 2p "$prefix/$version/came-from")
要退回：sh $prefix/current/install.sh --rollback${trial:+ --prefix $prefix}" \
    "Upgraded from $current to $version. The backup before it: $(sed -n 2p "$prefix/$version/came-from")
To go back: sh $prefix/current/install.sh --rollback${trial:+ --prefix $prefix}"
  tell_running
}

rollback() {
  [ -n "$current" ] || refuse "$prefix 里没有安装台账。" "Taizhang is not installed in $prefix."
  [ -f "$prefix/$current/came-from" ] || refuse "$current 是最早安装的版本，没有可以退回的版本。" "$current was the first version installed; there is none to go back to."
  before=$(sed -n 1p "$prefix/$current/came-from")
  backup=$(sed -n 2p "$prefix/$current/came-from")
  [ -e "$prefix/$before/complete" ] || refuse "上一个版本 $before 的程序已不在。" "The programs of the version before, $before, are not there any more."
  lock
  undo_aside
  stopped=yes
  stop_services
  if taizhang_of "$before" migrate --check >/dev/null; then same=0; else same=$?; fi
  if [ "$same" -gt 1 ]; then
    fail "数据库无法检查（原因见上），未退回。" "The database could not be looked at (see above); nothing was changed."
  elif [ "$same" = 1 ] && [ -z "$to_backup" ]; then
    refuse "$current 改过数据库的表，$before 不能使用。未作改动。
退回只能恢复升级前的备份 $backup；其后录入的内容将另存，不再在台账里。确要如此请加 --to-backup。" \
      "$current changed the database's tables, and $before cannot use them. Nothing was changed.
The only way back is the backup before the upgrade, $backup; what was entered since will be kept aside, no longer in the county. If that is wanted add --to-backup."
  fi
  if [ -n "$to_backup" ]; then
    [ -d "$backup" ] || refuse "升级前的备份 $backup 已不在，未作改动。" "The backup before the upgrade, $backup, is not there any more. Nothing was changed."
    on_disk=$(du -sk "$backup" | cut -f 1)
    need "$home" $((on_disk * 2))
    check_space
    put_back "$before" "$backup" || fail "备份没有恢复成功（原因见上），仍是 $current。" "The backup could not be restored (see above); it is still $current."
  else
    say "两个版本的表相同：升级后录入的内容全部保留。" "The tables of both versions are the same: all that was entered since stays."
  fi
  point_to "$before"
  write_units "$before"
  start_services
  rm -rf "${prefix:?}/$current"
  say "已从 $current 退回 $before。" "Back from $current to $before."
  tell_running
}

case $action in
  rollback) rollback ;;
  check)
    check_archive
    find_python
    need "$prefix" "$kilobytes"
    check_space
    say "安装包 $version 完整，本机可以安装。" "The archive, $version, is complete, and can be installed on this machine." ;;
  install)
    [ -n "$current" ] || check_first_options
    check_archive
    find_python
    if [ -n "$current" ]; then upgrade; else first_install; fi ;;
esac
