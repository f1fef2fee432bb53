import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { closeDialog } from '../route.ts'

/** A native modal dialog: focus is kept inside and given back, Escape closes. */
export function Modal({
  label,
  shape,
  children,
}: {
  label: string
  shape: 'sheet' | 'card'
  children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    return () => {
      // The element is gone by now, and with it the browser's own memory of where the focus was.
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class={`modal ${shape}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        closeDialog()
      }}
      onClick={(event) => {
        // Only a press on the backdrop hits the dialog itself; its content covers the rest.
        if (event.target === dialog.current) closeDialog()
      }}
    >
      <div class="modal-body">
        <button type="button" class="icon close" aria-label="Close" onClick={closeDialog}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3.5 3.5l9 9m0-9l-9 9" />
          </svg>
        </button>
        {children}
      </div>
    </dialog>
  )
}
