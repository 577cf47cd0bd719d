/** A second process was refused: two would each believe that it alone works on an account. */
export class SpoolInUse extends Error {
  override readonly name = 'SpoolInUse';

  constructor(dataDir: string, cause: unknown) {
    super(
      `The spool in ${dataDir} is in use by another process. Stop that process, give this one a DATA_DIR of its own, or set DATABASE_URL to a PostgreSQL database, which several processes may share.`,
      { cause },
    );
  }
}
