import { version } from '@/package.json';

/** The product's version, the same in every process of a build. */
export const PRODUCT_VERSION: string = version;
