/** The ports from which connections leave: our network ACLs let answers come back on all of them, unlike on the remote-desktop port, which is lower. */
const sourcePorts = '32768-65535';

/**
 * Makes an Amazon Linux 2023 instance the NAT of its zone, at every boot. The instance stands in a public subnet and has a public
 * address of its own on its first interface, by which it reaches the package repository, EC2 and CloudFormation before it has
 * anything to forward with. The second interface, which the zone's routes lead to, outlives instances: the script takes it from a
 * predecessor, alive or not. What comes in there goes out there, from the Elastic IP address that belongs to it.
 *
 * - nftables is no part of the image; its service loads the rules at later boots before the script runs.
 * - systemd-networkd would remove routes and rules that are not its own.
 * - Answers come from addresses to which the main table's route leads by the first interface: a strict check of the source would drop them.
 * - A network interface takes frames of 9,001 bytes, the internet 1,500: the largest segment is cut down instead of waiting for ICMP.
 * - An instance on which anything fails, or that is not ready after ten minutes, powers itself off, which ends it; its group then starts another.
 *
 * `$name` and never `$`+`{name}`, which CloudFormation's checks take for a parameter.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
 * @see https://docs.aws.amazon.com/linux/al2023/ug/networking-service.html
 */
export const natInstanceScript = String.raw`set -euo pipefail
PATH=$PATH:/usr/sbin:/usr/local/sbin:/opt/aws/bin
installed=/usr/local/sbin/nat-instance
table=100

log() { echo "nat-instance: $*" >&2; }

signal() { cfn-signal --success "$1" --stack "$STACK_ID" --resource "$GROUP" --region "$REGION" || log 'no stack waits for this instance'; }

on_exit() {
  local status=$?
  if [ "$status" -eq 0 ]; then return; fi
  log "powering off after: $BASH_COMMAND"
  signal false
  systemctl poweroff
}
trap on_exit EXIT

# within SECONDS COMMAND...: repeats the command until it succeeds.
within() {
  local left=$1
  shift
  until "$@"; do
    left=$((left - 1))
    if [ "$left" -le 0 ]; then
      log "gave up on: $*"
      return 1
    fi
    sleep 1
  done
}

imds() { curl --silent --show-error --fail --max-time 5 "$@"; }

ec2() { aws ec2 "$@" --region "$REGION" --output text; }

interface() { ec2 describe-network-interfaces --network-interface-ids "$NETWORK_INTERFACE_ID" --query "NetworkInterfaces[0].$1"; }

get_token() { token=$(imds --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token); }

take_interface() {
  local holder attachment
  holder=$(interface Attachment.InstanceId) || return 1
  case $holder in
    "$instance") return 0 ;;
    None) ec2 attach-network-interface --network-interface-id "$NETWORK_INTERFACE_ID" --instance-id "$instance" --device-index 1 >&2 ;;
    *)
      attachment=$(interface Attachment.AttachmentId) || return 1
      log "taking $NETWORK_INTERFACE_ID from $holder"
      ec2 detach-network-interface --attachment-id "$attachment" --force >&2
      ;;
  esac
  return 1
}

find_device() {
  device=$(ip -brief link | awk -v mac="$mac" '$3 == mac { sub(/@.*/, "", $1); print $1 }')
  [ -n "$device" ]
}

has_address() { ip -4 -oneline address show dev "$device" | grep -q ' inet '; }

find_gateway() {
  gateway=$(ip -4 route show default | awk '{ print $3; exit }')
  [ -n "$gateway" ]
}

start_at_boot() {
  if [ "$0" = "$installed" ]; then return; fi
  mkdir -p "$(dirname "$installed")" /etc/systemd/system
  install --mode 0755 "$0" "$installed"
  cat >/etc/systemd/system/nat-instance.service <<UNIT
[Unit]
Description=NAT of this zone
Wants=network-online.target
After=network-online.target nftables.service

[Service]
Type=oneshot
ExecStart=$installed

[Install]
WantedBy=multi-user.target
UNIT
  systemctl daemon-reload
  systemctl enable nat-instance.service
}

leave_routes_alone() {
  mkdir -p /etc/systemd/networkd.conf.d
  cat >/etc/systemd/networkd.conf.d/nat-instance.conf <<NETWORKD
[Network]
ManageForeignRoutes=no
ManageForeignRoutingPolicyRules=no
NETWORKD
  systemctl restart systemd-networkd.service
}

forward_packets() {
  mkdir -p /etc/sysctl.d
  cat >/etc/sysctl.d/90-nat-instance.conf <<SYSCTL
net.ipv4.ip_forward = 1
net.ipv4.conf.all.send_redirects = 0
net.ipv4.conf.$device.send_redirects = 0
net.ipv4.conf.$device.rp_filter = 2
SYSCTL
  sysctl --quiet --load=/etc/sysctl.d/90-nat-instance.conf
}

route_back_out() {
  ip -4 route replace default via "$gateway" dev "$device" onlink table "$table"
  if ! ip -4 rule show | grep -q "^$table:"; then ip -4 rule add iif "$device" lookup "$table" priority "$table"; fi
}

translate_addresses() {
  mkdir -p /etc/sysconfig
  cat >/etc/sysconfig/nftables.conf <<RULES
flush ruleset
table ip nat_instance {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ip saddr { $CLIENTS } tcp flags syn tcp option maxseg size set 1460
    ct state established,related accept
    iifname "$device" oifname "$device" ip saddr { $CLIENTS } tcp dport { $PORTS } accept
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "$device" ip saddr { $CLIENTS } meta l4proto tcp masquerade to :${sourcePorts}
  }
}
RULES
  systemctl enable nftables.service
  systemctl restart nftables.service
  nft list chain ip nat_instance postrouting >&2
}

systemd-run --quiet --unit nat-instance-deadline --on-active 10min systemctl poweroff
start_at_boot
within 60 get_token
instance=$(imds --header "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id)
within 5 timeout 60 dnf --assumeyes --quiet install nftables
leave_routes_alone
within 120 take_interface
mac=$(interface MacAddress)
within 60 find_device
within 60 has_address
within 60 find_gateway
forward_packets
route_back_out
translate_addresses
systemctl stop nat-instance-deadline.timer
signal true
log "$instance forwards by $NETWORK_INTERFACE_ID ($device)"
`;
