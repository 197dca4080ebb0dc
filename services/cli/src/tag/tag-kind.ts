/** The importer that the ids of facts about measured files name. */
export const TAG_KIND = 'tag';
