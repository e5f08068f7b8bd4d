import { BlockList, isIP } from 'node:net';

/** IPv4 that is not the public Internet, by the IANA registry of special-purpose addresses. */
const NOT_PUBLIC_V4 = subnets('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);

/** The only IPv6 that is routed; loopback, link-local, ULA, mapped and NAT64 addresses lie outside. */
const GLOBAL_V6 = subnets('ipv6', [['2000::', 3]]);
/** Within it: protocol assignments and Teredo, documentation, 6to4 (which wraps any IPv4). */
const NOT_PUBLIC_V6 = subnets('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

function subnets(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family);
  return list;
}

/** Whether an address, as a resolver writes it, belongs to the public Internet. What is no address does not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_V4.check(address, 'ipv4');
    case 6:
      // A zone (`%eth0`) names an interface of this machine.
      return (
        !address.includes('%') && GLOBAL_V6.check(address, 'ipv6') && !NOT_PUBLIC_V6.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

/** Where clouds hand out the identity of a machine: link-local addresses, and those few that lie elsewhere. */
const METADATA_V4 = subnets('ipv4', [
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
]);
const METADATA_V6 = subnets('ipv6', [
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
  // 169.254/16 behind NAT64 and 6to4.
  ['64:ff9b::a9fe:0', 112],
  ['2002:a9fe::', 32],
]);
const METADATA_NAMES = /^(?:metadata(?:\.google\.internal|\.goog)?|instance-data(?:\.ec2\.internal)?)\.?$/i;

/** Whether a host, as `URL.hostname` writes it, is a cloud's metadata service: nothing an operator means either. */
export function isMetadataHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  switch (isIP(bare)) {
    case 4:
      return METADATA_V4.check(bare, 'ipv4');
    case 6:
      // A v4 list answers for mapped addresses, too.
      return METADATA_V6.check(bare, 'ipv6') || METADATA_V4.check(bare, 'ipv6');
    default:
      return METADATA_NAMES.test(bare);
  }
}
