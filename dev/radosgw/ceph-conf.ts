import path from 'node:path';
import { libraryDirectory } from '@/dev/debian/library-directory';

export interface CephPlace {
  /** The folder that holds `usr/` of the unpacked packages. */
  readonly root: string;
  readonly directory: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
  readonly clusterId: string;
}

/** The one KMS key that the gateway's testing backend knows. */
export const KMS_KEY_ID = 'testkey-1';
const KMS_KEY_BASE64 = Buffer.from('sluice-radosgw-test-key-32-bytes').toString('base64');

function sections(place: CephPlace): Record<string, Record<string, string>> {
  const { directory, monitorPort, gatewayPort } = place;
  const library = libraryDirectory(place.root);
  return {
    global: {
      fsid: place.clusterId,
      'mon host': `[v2:127.0.0.1:${monitorPort}/0]`,
      'public addr': '127.0.0.1',
      'ms bind ipv6': 'false',
      'auth cluster required': 'cephx',
      'auth service required': 'cephx',
      'auth client required': 'cephx',
      'auth allow insecure global id reclaim': 'false',
      keyring: path.join(directory, 'keyring'),
      'osd pool default size': '1',
      'osd pool default min size': '1',
      'osd pool default pg num': '1',
      'osd pool default pgp num': '1',
      'osd pool default pg autoscale mode': 'off',
      'osd crush chooseleaf type': '0',
      'mon allow pool size one': 'true',
      'mon max pg per osd': '2000',
      'mon data avail warn': '1',
      'mon data avail crit': '1',
      'paxos propose interval': '0.02',
      'run dir': path.join(directory, 'run'),
      'admin socket': path.join(directory, 'run', '$name.$pid.asok'),
      'log file': path.join(directory, 'log', '$name.log'),
      'plugin dir': path.join(library, 'ceph'),
      'erasure code dir': path.join(library, 'ceph', 'erasure-code'),
      'osd class dir': path.join(library, 'rados-classes'),
      'osd class load list': '*',
      'osd class default list': '*',
    },
    'mon.a': { 'mon data': path.join(directory, 'mon') },
    'osd.0': {
      'osd data': path.join(directory, 'osd'),
      'osd objectstore': 'memstore',
      'memstore device bytes': String(4 * 1024 ** 3),
      'osd memory target': String(1024 ** 3),
    },
    'client.rgw': {
      'rgw data': path.join(directory, 'gateway'),
      'rgw frontends': `beast endpoint=127.0.0.1:${gatewayPort}`,
      'rgw thread pool size': '128',
      'rgw crypt require ssl': 'false',
      'rgw crypt s3 kms backend': 'testing',
      'rgw crypt s3 kms encryption keys': `${KMS_KEY_ID}=${KMS_KEY_BASE64}`,
      'rgw enable lc threads': 'false',
      'rgw run sync thread': 'false',
    },
  };
}

/** A cluster of one monitor, one store in memory and one gateway, all on loopback. */
export function cephConf(place: CephPlace): string {
  return Object.entries(sections(place))
    .map(([name, settings]) => {
      const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
      return `[${name}]\n${lines.join('\n')}\n`;
    })
    .join('');
}
