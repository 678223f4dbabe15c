#!/bin/bash
# First process of the inner system, whose root is the outer one's file system. Beside this file lie
# "command" (what to run), "attached" if somebody watches, and later "output" and "status".
here=${0%/*}
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/lock /run/tmp /run/state /run/uml/lib/modules
# Nodes in here are not the outer one's.
export STATE_DIRECTORY=/run/state
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root

# Modules come from where the package put them; nothing is linked into the outer system.
ln -s "/usr/lib/uml/modules/$(uname -r)" /run/uml/lib/modules/
printf '#!/bin/sh\nexec %s -d /run/uml "$@"\n' "$(command -v modprobe)" > /run/uml/modprobe
chmod +x /run/uml/modprobe
echo /run/uml/modprobe > /proc/sys/kernel/modprobe
modules=(ipv6 veth bridge nf_tables nf_conntrack nf_nat iptable_nat xt_ipvs ip_vs)
modules+=(ip_vs_{rr,wrr,lc,wlc,sh,dh,mh,sed,nq,lblc,lblcr,fo,ovf})
/run/uml/modprobe -a "${modules[@]}"

ip link set lo up
ulimit -n 65536
[[ -e $here/attached ]] && printf '\001'
bash "$here/command" 2>&1 < /dev/null | tee "$here/output"
echo "${PIPESTATUS[0]}" > "$here/status"
sync
echo o > /proc/sysrq-trigger
exec sleep infinity
