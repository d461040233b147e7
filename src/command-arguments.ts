import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * The options a command was called with. `--help` prints how it is used and ends the process; so does an option it does
 * not know, with exit code 2: a slip must not be taken for the name of a file.
 */
export function argumentsOf<T extends ParseArgsConfig>(usage: string, config: T) {
  const options = { ...config.options, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const parsed = parseArgs({ ...config, options });
    if (!(parsed.values as { help?: boolean }).help) return parsed as ReturnType<typeof parseArgs<T>>;
    process.stdout.write(`Usage: ${usage}\n`);
    return process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split('. ')[0]}\nUsage: ${usage}\n`);
    return process.exit(2);
  }
}
