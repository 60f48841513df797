/** A picture of the largest cameras there are, as PNG, has about half of this. */
export const largestPictureBytes = 64 * 1024 * 1024

/** What is handed over of a viewing copy at once. */
export const exportChunkBytes = 1024 * 1024

/** Cameras in one export. */
export const mostExportCameras = 64
