import type { Handlers } from '../../src-preload/contract/calls.ts'
import type { PictureDesk } from '../sites/picture-desk.ts'
import { pictureAddress } from './picture-address.ts'

/** Recorded pictures beside the timeline. */
export const pictureHandlers = (desk: PictureDesk): Pick<Handlers, 'findPicture' | 'leavePicture'> => ({
  async findPicture(wish) {
    const found = await desk.find(wish)
    return found && { address: pictureAddress(found.name), at: new Date(found.atMs).toISOString() }
  },
  leavePicture: async ({ wishId }) => desk.leave(wishId),
})
