import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { cellText } from './cell-text.js';
import type { RoiFile } from './roi-file.js';
import type { RoiSection } from './roi-section.js';

const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);
const INK = '#1d2433';
const MUTED = '#5d6577';
const RULE = '#dfe2ea';

/** Loaded when somebody asks for paper. May read its own fonts, and nothing else from disk or network. */
async function printer() {
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));
  pdfmake.setFonts({
    Roboto: { normal: join(FONTS, 'Roboto-Regular.ttf'), bold: join(FONTS, 'Roboto-Medium.ttf') },
  });
  return pdfmake;
}

/** The summary on paper, A4: tables as on the page, the chart in plain colours. No network, fonts come along. */
export async function roiPdf(file: RoiFile): Promise<Buffer> {
  const sections = file.sections.filter(({ isWide }) => isWide !== true);
  const chartAt = sections.findIndex(({ key }) => key === 'plan');
  const parts = sections.flatMap((section, index) => [
    ...sectionParts(section, file),
    ...(index === chartAt ? verdictAndChart(file) : []),
  ]);
  const pdf = (await printer()).createPdf({
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 56],
    info: { title: file.title },
    language: file.locale,
    defaultStyle: { font: 'Roboto', fontSize: 9, color: INK, lineHeight: 1.2 },
    content: [
      { text: printable(file.title), fontSize: 18, bold: true, margin: [0, 0, 0, 4] },
      ...file.lines.map((line): Content => ({ text: printable(line), color: MUTED })),
      ...parts,
    ],
    footer: (page, pages) => ({
      text: printable(file.pageOf(page, pages)),
      alignment: 'right',
      color: MUTED,
      fontSize: 8,
      margin: [48, 16, 48, 0],
    }),
  });
  return pdf.getBuffer();
}

function verdictAndChart(file: RoiFile): Content[] {
  return [
    { text: printable(file.verdict), fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
    { svg: printable(file.chartSvg), width: 499 },
    { text: printable(file.chartNote), color: MUTED },
  ];
}

function sectionParts(section: RoiSection, file: RoiFile): Content[] {
  const head: TableCell[] = ['', ...section.columns].map((column, index) => ({
    text: printable(column),
    bold: true,
    alignment: index === 0 ? 'left' : 'right',
  }));
  const body = section.rows.map(({ item, cells, isTotal }): TableCell[] => [
    { text: printable(item), bold: isTotal ?? false },
    ...cells.map((cell): TableCell => ({
      text: printable(cellText(cell, file)),
      alignment: 'right',
      bold: isTotal ?? false,
    })),
  ]);
  const title: Content = { text: printable(section.title), fontSize: 12, bold: true, margin: [0, 16, 0, 2] };
  const note: Content[] = section.note
    ? [{ text: printable(section.note), color: MUTED, margin: [0, 0, 0, 4] }]
    : [];
  return [
    // the comparison is one look: its table, who wins, and the drawing
    {
      stack: [title, ...note],
      unbreakable: true,
      ...(section.key === 'plan' ? { pageBreak: 'before' } : {}),
    },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: ['*', ...section.columns.map(() => 'auto' as const)],
        body: [head, ...body],
      },
      layout: {
        hLineWidth: (line) => (line === 0 ? 0 : 0.5),
        vLineWidth: () => 0,
        hLineColor: () => RULE,
        paddingLeft: (column) => (column === 0 ? 0 : 8),
        paddingRight: () => 0,
        paddingTop: () => 3,
        paddingBottom: () => 2,
      },
    },
  ];
}

/** Roboto has no narrow no-break space, which French numbers are grouped with. */
function printable(text: string): string {
  return text.replace(/\u202f/gu, '\u00a0').replace(/−/gu, '-');
}
