import { fetchPackages } from '@/dev/debian/fetch-packages';

const RADOSGW = {
  name: 'radosgw',
  packages: ['radosgw', 'ceph-mon', 'ceph-osd'],
  // Recommended for a cluster of real machines; none of it is loaded by a gateway on one.
  leftOut:
    /^(python3?-|lvm2|dmeventd|cryptsetup|libjs|gdisk|parted|smartmontools|nvme|sudo|systemd|uuid-runtime|ceph-mgr|ceph-volume|libpython|libcephfs|dmsetup|xfsprogs|libdevmapper|logrotate|sntp|ntp|liblvm)/,
};

/** Unpacks Ceph's radosgw (about 60 MB), once and without root rights; see `fetchPackages`. */
export function fetchRadosgw(cacheDirectory: string): Promise<string> {
  return fetchPackages(RADOSGW, cacheDirectory);
}
