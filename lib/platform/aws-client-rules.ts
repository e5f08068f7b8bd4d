/**
 * What every client of AWS is made with, so that neither the environment nor a profile of the process changes where its
 * requests go or how: a mode `auto`, for one, would ask the metadata service of the machine.
 */
export function awsClientRules() {
  return {
    retryMode: 'standard',
    defaultsMode: 'standard',
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
  } as const;
}
