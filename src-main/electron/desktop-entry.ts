/** The file by which desktops of Linux start a program at log-on. */
export const desktopEntry = (command: string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Watchpost',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')

/** As the Desktop Entry Specification has it: in the Exec line of a text a backslash is written four times. */
function quoted(word: string): string {
  const inQuotes = word.replace(/[\\"`$]/g, (character) => (character === '\\' ? '\\\\\\\\' : `\\\\${character}`))
  return `"${inQuotes.replaceAll('%', '%%')}"`
}
