#!/bin/bash
# Runs a NAT instance's user data between a private subnet and an internet that are made of network namespaces, and prints what
# came of it, one `name=value` a line. To be run in a network and mount namespace of its own: unshare --net --mount.
# AWS, dnf and systemd are stubs. This shell's own namespace is the VPC's router.
#
#   namespaces.sh USER_DATA FOLDER [without-nft]
#
# With `without-nft` nft is a stub as well: packets then pass as they are, and the rest still shows.
set -euo pipefail
user_data=$1 folder=$2 without=${3:-}
export FOLDER=$folder ROUTER=$$
private=10.30.0.10 primary=10.30.64.10 interface=10.30.64.20 server=198.51.100.10 elsewhere=10.30.68.10

mount -t tmpfs tmpfs /run
mkdir "$folder/layers"
mount -t tmpfs tmpfs "$folder/layers"
for place in /etc /usr/local; do
  upper=$folder/layers$place
  mkdir -p "$upper/changed" "$upper/work"
  mount -t overlay -o "lowerdir=$place,upperdir=$upper/changed,workdir=$upper/work" overlay "$place"
done

stub() {
  mkdir -p "$folder/bin"
  { echo '#!/bin/bash'; echo "echo \"$1 \$*\" >>\"\$FOLDER/calls\""; cat; } >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}
stub aws <<'STUB'
holder=$(cat "$FOLDER/holder")
case $* in
  *Attachment.InstanceId*) echo "$holder" ;;
  *Attachment.AttachmentId*) echo eni-attach-1 ;;
  *MacAddress*) echo 02:00:00:00:00:20 ;;
  *detach-network-interface*) echo None >"$FOLDER/holder" ;;
  *attach-network-interface*)
    nsenter --net="/proc/$ROUTER/ns/net" ip link set eni netns nat
    ip address add 10.30.64.20/24 dev eni
    ip link set eni up
    echo i-new >"$FOLDER/holder"
    ;;
  *) exit 1 ;;
esac
STUB
stub curl <<'STUB'
case $* in *api/token) echo token ;; *instance-id) echo i-new ;; *) exit 1 ;; esac
STUB
stub dnf <<'STUB'
[ ! -e "$FOLDER/no-packages" ]
STUB
stub cfn-signal <<'STUB'
exit 0
STUB
stub systemctl <<'STUB'
case $* in 'restart nftables.service') exec nft --file /etc/sysconfig/nftables.conf ;; esac
STUB
stub systemd-run <<'STUB'
exit 0
STUB
stub sleep <<'STUB'
exit 0
STUB

if [ "$without" = without-nft ]; then
  stub nft <<'STUB'
exit 0
STUB
fi

for name in private nat internet stranger; do
  ip netns add "$name"
  ip -n "$name" link set lo up
done
cable() { # cable NAMESPACE INTERFACE ADDRESS ROUTER_INTERFACE
  ip link add "$4" mtu 9001 type veth peer name "$2" mtu 9001
  ip link set "$2" netns "$1"
  ip -n "$1" address add "$3" dev "$2"
  ip -n "$1" link set "$2" up
  ip link set "$4" up
}
ip link add public mtu 9001 type bridge
ip address add 10.30.64.1/24 dev public
ip link set public up
cable private ens5 "$private/20" to-private
cable stranger ens5 "$elsewhere/24" to-stranger
cable nat ens5 "$primary/24" to-nat
cable internet ens5 "$server/24" to-internet
ip link add to-eni mtu 9001 type veth peer name eni mtu 9001 address 02:00:00:00:00:20
ip link set to-eni up
ip link set to-nat master public
ip link set to-eni master public
ip address add 10.30.0.1/20 dev to-private
ip address add 10.30.68.1/24 dev to-stranger
ip address add 198.51.100.1/24 dev to-internet
ip -n private route add default via 10.30.0.1
ip -n stranger route add default via 10.30.68.1
ip -n nat route add default via 10.30.64.1
ip -n internet route add default via 198.51.100.1
sysctl --quiet --write net.ipv4.ip_forward=1
ip netns exec nat sysctl --quiet --write net.ipv4.conf.ens5.rp_filter=1 net.ipv4.conf.all.rp_filter=1
# The private subnets' route table: out of the VPC by the network interface, inside it directly.
ip route add default via "$interface" dev public table 7
for subnet in to-private to-stranger; do
  ip rule add iif "$subnet" to 10.30.0.0/16 lookup main priority 6
  ip rule add iif "$subnet" lookup 7 priority 7
done

cat >"$folder/server.py" <<'PYTHON'
import socket, sys
server = socket.create_server(("", int(sys.argv[1])))
print("ready", flush=True)
while True:
    connection, peer = server.accept()
    connection.sendall(f"{peer[0]} {peer[1]} {connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)}\n".encode())
    connection.close()
PYTHON
servers=()
for port in 443 80; do
  ip netns exec internet python3 "$folder/server.py" "$port" >"$folder/server-$port" &
  servers+=("$!")
done
trap 'kill "${servers[@]}"' EXIT
until [ -s "$folder/server-443" ] && [ -s "$folder/server-80" ]; do command sleep 0.05; done

seen() { # seen NAME NAMESPACE PORT SECONDS: what the server on the internet sees of a connection
  local answer
  answer=$(timeout "$4" ip netns exec "$2" bash -c "exec 3<>/dev/tcp/$server/$3 && cat <&3" 2>/dev/null) || answer=nothing
  echo "$1=$answer"
}
boot() { # boot NAME SCRIPT
  local status=0
  : >"$folder/calls"
  PATH=$folder/bin:$PATH ip netns exec nat "$2" >"$folder/$1.log" 2>&1 || status=$?
  echo "$1=$status"
  cp "$folder/calls" "$folder/$1.calls"
}

echo i-old >"$folder/holder"
install -m 0755 "$user_data" "$folder/part-001"
seen before private 443 1
boot first "$folder/part-001"
echo "holder=$(cat "$folder/holder")"
seen https private 443 5
seen http private 80 1
seen stranger stranger 443 1
echo "own=$(ip -n nat -oneline route get "$server" | sed "s/.* dev \([^ ]*\) src \([^ ]*\) .*/\1 \2/")"

# What a power cycle loses.
if [ "$without" != without-nft ]; then ip netns exec nat nft flush ruleset; fi
ip -n nat rule delete priority 100
ip netns exec nat sysctl --quiet --write net.ipv4.ip_forward=0
seen off private 443 1
boot again /usr/local/sbin/nat-instance
seen rebooted private 443 5
echo "rules=$(ip -n nat rule show priority 100 | wc -l)"

touch "$folder/no-packages"
boot failed "$folder/part-001"
