/**
 * What the mails use that some mail client lacks altogether, by caniemail's name for it, and why that does no harm there.
 * Whoever adds to the templates what is not here says so here, or does without.
 */
export const CLIENT_GAPS: Record<string, string> = {
  'color-scheme meta tag': 'Clients that do not read it invert colours by themselves; these survive it.',
  'color-scheme CSS property': 'The same.',
  '@media': 'Only the dark colours stand in it; the rows of numbers wrap without.',
  '<style> element': 'Only the dark colours stand in it; all else is inline.',
  'display:none': 'Gmail shows the preheader as a first line, which reads well there.',
  overflow: 'The preheader is hidden from Outlook by mso-hide.',
  'max-height property': 'The preheader is hidden from Outlook by mso-hide.',
  '<body> element': 'Becomes a div; the table inside carries colour and width.',
  'border-spacing': 'The tables of numbers have cellspacing, too.',
  'border-radius': 'Corners are square.',
  'table-layout': 'Only a name that nothing can break widens the mail.',
  'overflow-wrap': 'word-break does the same elsewhere.',
  'word-break': 'overflow-wrap does the same elsewhere; else only a name that nothing can break widens the mail.',
  'white-space': 'The ends of the scale may break elsewhere.',
  'height property': 'The cells have the attribute, and their links a line as high.',
  'role attribute': 'Outlook for Windows does not announce tables to screen readers as it is.',
};
