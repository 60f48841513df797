/** `npm run -s profile -- check FILE…` and `npm run -s profile -- probe ORIGIN`: commands for whoever writes site profiles. */
import { runCommand } from '../src-main/command-line.ts'

const { text, code } = await runCommand(process.argv.slice(2))
process.stdout.write(text)
process.exitCode = code
