/** Milliseconds of processor time some work took in this thread; unlike the wall's, it leaves out what others do on the machine. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
