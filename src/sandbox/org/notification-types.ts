import { systemFieldsAt } from './founding.ts';
import { recordId } from './record-id.ts';
import type { Store } from './rows/store.ts';
import { childText, isTrue, metadataFiles, type SourceFile } from './schema/metadata-file.ts';

/**
 * Stores a row for each CustomNotificationType among the files, by which flows find its id; the id stays when the type
 * is deployed anew.
 */
export function storeNotificationTypes(place: { store: Store; now: () => Date }, files: readonly SourceFile[]): void {
  const { store } = place;
  for (const { fullName, root } of metadataFiles(files, '**/notificationtypes/*.notiftype-meta.xml')) {
    const [known] = [...store.live('CustomNotificationType')].filter((row) => row.DeveloperName === fullName);
    store.put('CustomNotificationType', {
      ...systemFieldsAt(place),
      Id: known?.Id ?? recordId('0ML', store.count('CustomNotificationType') + 1),
      DeveloperName: fullName,
      MasterLabel: childText(root, 'masterLabel') ?? fullName,
      CustomNotifTypeName: childText(root, 'customNotifTypeName') ?? fullName,
      Description: childText(root, 'description') ?? null,
      Desktop: isTrue(root, 'desktop'),
      Mobile: isTrue(root, 'mobile'),
      Language: 'en_US',
      NamespacePrefix: null,
    });
  }
}
