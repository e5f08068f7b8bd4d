/** The closed list of regions of the commercial AWS partition, as of late 2026. */
export const REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

export type Region = (typeof REGIONS)[number];

const GENERIC = [
  'aws-global',
  'global',
  'us',
  'eu',
  'ap',
  'europe',
  'us-east',
  'us-west',
  'eu-west',
  'eu-central',
];

/** Whether a text is the code of a region that Sluice delivers to: "eu-west-1". */
export function isRegion(text: string): text is Region {
  return (REGIONS as readonly string[]).includes(text);
}

/** Says what is wrong with a region and what to do, or null. */
export function regionFault(region: string): string | null {
  if (isRegion(region)) return null;
  if (region === '') return 'Choose the region in which the bucket lies.';
  const lower = region.toLowerCase();
  if (isRegion(lower)) return `Write the region in lower case: ${lower}.`;
  if (GENERIC.includes(lower)) {
    return `“${region}” is not one region. AWS shows the bucket's region in its properties, for example eu-west-1.`;
  }
  if (isRegion(lower.replace(/[a-f]$/, ''))) {
    return `That is an availability zone; its region is ${lower.replace(/[a-f]$/, '')}.`;
  }
  // What was typed is not said again: people paste secrets into wrong fields, and answers are kept by others.
  return 'This is not a region Sluice knows; choose one from the list, for example eu-west-1.';
}
