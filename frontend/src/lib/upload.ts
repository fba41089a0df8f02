import { type ApiError, networkError, toApiError } from "./api-error";

/** Sends a file as a body and says how far it has come, 0 to 1, which `fetch` cannot tell. */
export function upload(
  path: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.setRequestHeader("X-Requested-With", "console");
    request.setRequestHeader("Content-Type", "audio/wav");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(refusalOf(request)));
    request.onerror = () => reject(networkError());
    request.send(file);
  });
}

function refusalOf(request: XMLHttpRequest): ApiError {
  const answer = new Response(null, { status: request.status });
  try {
    return toApiError(answer, JSON.parse(request.responseText));
  } catch {
    return toApiError(answer, undefined);
  }
}
