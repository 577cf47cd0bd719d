/** The name of a record as people read it: `Post_Resolution` becomes "Post Resolution". */
export const inWords = (developerName: string): string => developerName.replaceAll('_', ' ');
