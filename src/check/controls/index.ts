/** Frameworks of controls, and what a check says of each control. */
export { cellOf, environmentColumns, systemColumns, type Cell, type Column, type ControlState } from './cell';
export { type Evidence, type JudgedRule, type Standing } from './evidence';
export { renderControlsHtml } from './html';
export { renderControlsMarkdown } from './markdown';
export { controlMatrix, type ControlMatrix, type ControlRow, type FrameworkMatrix } from './matrix';
export { loadRegister, type Control, type Framework, type Register } from './register';
