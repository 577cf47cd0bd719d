import cancel from '@salesforce/label/c.NPS_Cancel';

export const labels = {
  cancel,
};
