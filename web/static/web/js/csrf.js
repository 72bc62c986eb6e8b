// The proof, sent with each request, that it comes from our page.
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]').content;
}
