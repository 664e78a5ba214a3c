/** The driver that an address asks for. */
import { unreachable } from '#recipes/assert.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Driver } from './driver.ts';
import { cannotReach } from './driver-words.ts';
import { openFileDriver, openSerialDriver } from './file-driver.ts';
import type { Printer } from './printer.ts';
import { readPrinterUrl } from './printer-url.ts';
import { openTcpDriver } from './tcp-driver.ts';
import { openVirtualDriver } from './virtual-driver.ts';

/** @param folder where virtual printers put their papers */
export function openDriver(
  printer: Printer,
  folder: string,
  ports: Pick<Ports, 'after' | 'mono'>,
): Driver {
  const read = readPrinterUrl(printer.url, 'configuration');
  if (!read.ok) return deadDriver(read.why);
  const { place } = read;
  switch (place.kind) {
    case 'tcp':
      return openTcpDriver(place, ports);
    case 'file':
      return openFileDriver(place, ports);
    case 'serial':
      return openSerialDriver(place, ports);
    case 'virtual':
      return openVirtualDriver(folder, place.folder);
    default:
      return unreachable(place);
  }
}

/** An older version may have let an address in that this one does not know. */
function deadDriver(why: string): Driver {
  return {
    status: async () => 'offline',
    print: async () => ({ kind: 'not_begun', state: 'offline', why: cannotReach(why) }),
    abort: () => undefined,
  };
}
