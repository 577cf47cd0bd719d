/** Who sees the rows of an object without owning them, as its organisation-wide default says. */
export type Sharing = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';

/** The default written in an object's metadata; Salesforce takes Public Read/Write when there is none. */
export function sharingOf(written: string | undefined): Sharing {
  switch (written) {
    case 'Private':
    case 'Read':
    case 'ControlledByParent':
      return written;
    default:
      return 'ReadWrite';
  }
}
