// Tells each SIP message that comes, as "INVITE" or "200 REGISTER": libraries keep most of them to themselves.
window.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => {
      const [, status, method] = /^SIP\/2\.0 (\d+)[^]*?^CSeq: *\d+ (\w+)/im.exec(data) ?? [];
      const request = /^(\w+) .* SIP\/2\.0\r\n/.exec(data)?.[1];
      if (status) window.tell(`${status} ${method}`, {});
      else if (request) window.tell(request, {});
    });
  }
};
