# Part of ./keepstream, which sources it: "keepstream test".

# What the tests call, and the Debian package it comes from.
test_tools=(
  aiosmtpd:python3-aiosmtpd arping:arping cc:gcc curl:curl debootstrap:debootstrap docker:docker.io
  docker-compose:docker-compose dockerd:docker.io dpkg-deb:dpkg flock:util-linux ip:iproute2
  ipvsadm:ipvsadm keepalived:keepalived
  linux.uml:user-mode-linux modprobe:kmod mvn:maven netstat:net-tools nft:nftables nginx:nginx
  nsd:nsd openssl:openssl ping:iputils-ping prometheus:prometheus sysctl:procps tcpdump:tcpdump
  tshark:tshark vtysh:frr
)

# Installs what is missing. What cannot be installed makes some tests skip, each with its reason.
install_tools() {
  local tool package missing=()
  for tool in "${test_tools[@]}"; do
    command -v "${tool%:*}" > /dev/null || missing+=("${tool#*:}")
  done
  find_jdk || missing+=(openjdk-25-jdk-headless)
  ((${#missing[@]})) || return 0
  if ((EUID)) || ! command -v apt-get > /dev/null; then
    say "missing ${missing[*]}, and only root can install them on Debian"
    return 0
  fi
  say "installing ${missing[*]}"
  apt update || true
  apt install "${missing[@]}" && return
  for package in "${missing[@]}"; do
    apt install "$package" || say "could not install $package"
  done
}

# apt-get without questions, and without starting the services that it installs.
apt() {
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y -o=Dpkg::Use-Pty=0 --no-install-recommends "$@" > /dev/null 2>&1 < /dev/null
}

# Starts a Docker engine of our own if none answers. It ends with the tests, and leaves the machine's
# packet filter and routing alone: published ports need neither.
start_docker() {
  docker info > /dev/null 2>&1 && return
  command -v dockerd > /dev/null || return
  docker_files=$(mktemp -d /tmp/keepstream-docker-XXXXXX)
  docker_had_bridge=$(ip -br link show docker0 2> /dev/null || true)
  export DOCKER_HOST=unix://$docker_files/docker.sock
  dockerd --data-root "$docker_files/data" --exec-root "$docker_files/exec" \
    --pidfile "$docker_files/pid" --host "$DOCKER_HOST" \
    --iptables=false --ip-forward=false --ip-masq=false > "$docker_files/log" 2>&1 < /dev/null &
  docker_pid=$!
  for _ in {1..150}; do
    docker info > /dev/null 2>&1 && return
    kill -0 "$docker_pid" 2> /dev/null || break
    sleep 0.2
  done
  tail -n 3 "$docker_files/log" >&2
  return 1
}

stop_docker() {
  [[ -n ${docker_pid:-} ]] || return 0
  kill "$docker_pid" 2> /dev/null || true
  wait "$docker_pid" 2> /dev/null || true
  [[ -n $docker_had_bridge ]] || ip link del docker0 2> /dev/null || true
  rm -rf "$docker_files"
}

run_tests() {
  if ((EUID)); then
    say "without root, the tests that need network namespaces or containers of their own are skipped"
  fi
  PATH=$PATH:/usr/sbin:/sbin
  install_tools
  need_build_tools
  if ! ((EUID)); then
    "$root/testkit/compose-v2/get" > /dev/null \
      || say "there is no Compose v2, so nothing is tried with it"
    "$root/testkit/debian-image/build" > /dev/null \
      || say "there is no small Debian, so the tests of packages are skipped"
    trap stop_docker EXIT
    if ! { start_docker && "$root/testkit/kafka-image/build"; }; then
      say "there is no Kafka image, so the tests that need one are skipped"
    fi
  fi
  # Two modules at a time, since most tests wait more than they work. Warnings, and of what goes well
  # only the tests; not that the search for a JDK is not meant to be done twice at a time.
  mvn -B -ntp -T 2 -f "$root/pom.xml" \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.lifecycle.internal.builder.BuilderCommon=error \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire.SurefireMojo=info \
    -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.failsafe.IntegrationTestMojo=info \
    -Ppackage verify "$@"
}

# Figures beside keepalived, printed as tables; they test nothing.
run_benchmarks() {
  PATH=$PATH:/usr/sbin:/sbin
  install_tools
  need_build_tools
  mvn -B -q -f "$root/pom.xml" -pl node -am -Dspotless.check.skip=true \
    -Dtest='*Benchmark' -Dsurefire.failIfNoSpecifiedTests=false -Dkeepstream.benchmark=true \
    test "$@"
}
