import { render } from 'preact'
import { Page } from './page.tsx'
import { start } from './start.ts'

const root = document.getElementById('page')
if (root !== null) {
  root.replaceChildren()
  render(<Page />, root)
  void start()
}
