export interface OutboundAttack {
  readonly what: string;
  /** As somebody would enter it; a host is also tried as `https://host/`. */
  readonly text: string;
  /** Leads to the public Internet and nowhere else: it may be dialled, at the address that was judged. */
  readonly isPublic?: boolean;
}

const hosts = (entries: Readonly<Record<string, string>>): OutboundAttack[] =>
  Object.entries(entries).flatMap(([what, host]) => [
    { what, text: host },
    { what: `${what}, as an address`, text: `https://${host.includes(':') ? `[${host}]` : host}/latest/` },
  ]);
const texts = (entries: Readonly<Record<string, string>>): OutboundAttack[] =>
  Object.entries(entries).map(([what, text]) => ({ what, text }));

/** What the names of the attacks resolve to, look-up after look-up; the last answer stays. */
export const ATTACK_NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  localhost: [['127.0.0.1', '::1']],
  'app.localhost': [['127.0.0.1']],
  'metadata.google.internal': [['169.254.169.254']],
  'instance-data.ec2.internal': [['169.254.169.254']],
  'inside.example': [['10.0.0.7']],
  'half-inside.example': [['93.184.216.34', '127.0.0.1']],
  'rebinding.example': [['93.184.216.34'], ['169.254.169.254']],
  'rebound.example': [['169.254.169.254'], ['93.184.216.34']],
  'mapped.example': [['::ffff:10.0.0.7']],
  '127.0.0.1.nip.example': [['127.0.0.1']],
  'hooks.example': [['93.184.216.34']],
  evil: [],
};

const ADDRESSES = hosts({
  loopback: '127.0.0.1',
  'loopback beyond .1': '127.255.255.254',
  'this host': '0.0.0.0',
  'private 10/8': '10.1.2.3',
  'private 172.16/12': '172.31.255.255',
  'private 192.168/16': '192.168.1.1',
  'link-local': '169.254.1.1',
  'metadata of EC2': '169.254.169.254',
  'metadata of ECS': '169.254.170.2',
  'metadata of Alibaba, in CGNAT': '100.100.100.200',
  CGNAT: '100.64.0.1',
  'protocol assignments': '192.0.0.192',
  benchmarks: '198.18.0.1',
  multicast: '224.0.0.1',
  broadcast: '255.255.255.255',
  'loopback v6': '::1',
  'unspecified v6': '::',
  'link-local v6': 'fe80::1',
  ULA: 'fc00::1',
  'metadata of EC2 v6': 'fd00:ec2::254',
  'mapped loopback': '::ffff:127.0.0.1',
  'mapped metadata, in hex': '::ffff:a9fe:a9fe',
  'compatible loopback': '::127.0.0.1',
  'NAT64 of metadata': '64:ff9b::a9fe:a9fe',
  '6to4 of loopback': '2002:7f00:1::',
  Teredo: '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  'multicast v6': 'ff02::1',
});

const SPELLINGS = hosts({
  'a decimal number': '2130706433',
  octal: '0177.0.0.1',
  'octal of metadata': '0251.0376.0251.0376',
  hexadecimal: '0x7f.0.0.1',
  'a hexadecimal number': '0x7f000001',
  'two parts': '127.1',
  'circled digits': '①②⑦.0.0.1',
  'full-width digits': '１２７.0.0.1',
  'ideographic full stops': '127。0。0。1',
  'a trailing dot': '127.0.0.1.',
});

const NAMES = hosts({
  localhost: 'localhost',
  'localhost with a trailing dot': 'localhost.',
  'localhost in capitals': 'LOCALHOST',
  'localhost in circled letters': 'ⓛocalhost',
  'a name below localhost': 'app.localhost',
  'metadata of Google': 'metadata.google.internal',
  'metadata of Google with a trailing dot': 'metadata.google.internal.',
  'metadata by its name in EC2': 'instance-data.ec2.internal',
  'a name that points inside': 'inside.example',
  'a name that points inside as well': 'half-inside.example',
  'a name that points inside at first': 'rebound.example',
  'a name that points to a mapped address': 'mapped.example',
  'an address within a name': '127.0.0.1.nip.example',
});

const REBINDING: readonly OutboundAttack[] = [
  { what: 'a name that moves inside after the check', text: 'https://rebinding.example/', isPublic: true },
  { what: 'an answer that leads inside', text: 'https://hooks.example/redirect-inside', isPublic: true },
  { what: 'a public name with a trailing dot', text: 'https://hooks.example./', isPublic: true },
  { what: 'a high port', text: 'https://hooks.example:8443/', isPublic: true },
];

const URLS = texts({
  'plain HTTP': 'http://hooks.example/',
  'plain HTTP inside': 'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  ftp: 'ftp://hooks.example/',
  file: 'file:///etc/passwd',
  gopher: 'gopher://hooks.example:6379/_FLUSHALL',
  javascript: 'javascript:alert(1)',
  data: 'data:text/html,<script>alert(1)</script>',
  ldap: 'ldap://hooks.example/',
  'a socket': 'unix:/var/run/docker.sock',
  credentials: 'https://user:password@hooks.example/',
  'a user only': 'https://user@hooks.example/',
  'the host as a user': 'https://hooks.example@127.0.0.1/',
  'a host behind a backslash': 'https://127.0.0.1\\@hooks.example/',
  'a host before a fragment': 'https://127.0.0.1#@hooks.example/',
  'the port of ssh': 'https://hooks.example:22/',
  'the port of mail': 'https://hooks.example:25/',
  'port 0': 'https://hooks.example:0/',
  'a port beyond all': 'https://hooks.example:99999/',
  'a null byte in the host': 'https://hooks.example\u0000.evil/',
  'an escaped null byte in the host': 'https://hooks.example%00.evil/',
  'no host': 'https://',
  'a zone': 'https://[fe80::1%25eth0]/',
});

const PLACES = texts({
  'the ARN of a bucket': 'arn:aws:s3:::aurora-events',
  'the ARN of an access point': 'arn:aws:s3:eu-west-1:123456789012:accesspoint/inside',
  'the ARN of a multi-region access point': 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap',
  'the ARN of an object Lambda': 'arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/inside',
  'the ARN of an outpost': 'arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/inside',
  'a directory bucket': 'bucket--use1-az4--x-s3',
  'the alias of an access point': 'my-access-point-s3alias',
  'the alias of an object Lambda': 'lambda--ol-s3',
  'the alias of a multi-region access point': 'mfzwi23gnjvgw.mrap',
  'a table': 'tables--table-s3',
  'a region with a host behind it': 'eu-west-1.evil.example',
  'a region with a fragment': 'eu-west-1#',
  'a region with a path': 'eu-west-1/../evil',
  'a region with a user': 'eu-west-1@evil.example',
  'a pseudo region': 'aws-global',
  'a region of another partition': 'cn-north-1',
  'a region of FIPS': 'fips-us-east-1',
  'a key by its alias': 'arn:aws:kms:eu-west-1:123456789012:alias/aurora',
  'a key of another partition':
    'arn:aws-cn:kms:cn-north-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666',
  'a key in a region with a host':
    'arn:aws:kms:eu-west-1.evil.example:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666',
  'a key that goes up': 'arn:aws:kms:eu-west-1:123456789012:key/../../etc',
  'the root of an account': 'arn:aws:iam::123456789012:root',
  'a user': 'arn:aws:iam::123456789012:user/admin',
  'a role of another partition': 'arn:aws-us-gov:iam::123456789012:role/delivery',
  'a session of a role': 'arn:aws:sts::123456789012:assumed-role/delivery/session',
  'a role with a line break': 'arn:aws:iam::123456789012:role/delivery\r\nHost: evil',
});

const PATHS = texts({
  'one folder up': '../other-customer',
  'one folder up in the middle': 'a/../../other-customer',
  'one folder up at the end': 'a/..',
  'one folder up, escaped': '%2e%2e/other-customer',
  'one folder up, escaped twice': '%252e%252e/other-customer',
  'one folder up, with a backslash': '..\\other-customer',
  'the same folder': './a',
  'an empty folder': 'a//b',
  'the root': '/',
  'a query': 'a?versionId=1',
  'a fragment': 'a#b',
  'an at sign': 'a@evil.example',
  'a line break': 'a\r\nHost: evil.example',
  'a null byte': 'a\u0000b',
  'an escape': 'a\u001b[31mb',
  'a change of direction': 'a\u202eb',
  'a sign without width': 'a\u200bb',
  'a letter of another alphabet': 'аurora-events',
  'a variable of a policy': `\${aws:username}/`,
  'a pattern': 'a*',
  'a quote': 'a\'b"c',
  'a tag': '<script>alert(1)</script>',
  nothing: '',
  blanks: '   ',
});

/** Everything that is tried against every field that names where a request goes. */
export const OUTBOUND_ATTACKS: readonly OutboundAttack[] = [
  ...ADDRESSES,
  ...SPELLINGS,
  ...NAMES,
  ...REBINDING,
  ...URLS,
  ...PLACES,
  ...PATHS,
];
