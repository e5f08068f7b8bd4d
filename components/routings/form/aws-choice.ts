/** Stands for the empty endpoint, which a list of choices cannot hold. */
export const AWS_CHOICE = 'aws';
