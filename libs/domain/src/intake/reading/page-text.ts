/** The text of a file of pages, and apart from it what stands at their edges: a stamp may stand there alone. */
export interface PageText {
  readonly text: string;
  readonly edges: string;
}
