/** An email address, or a user name that may be one: where it has no room it goes on after a part of it, and not within a word. */
import { Fragment } from 'react';

const PARTS = /(?<=[@.])/;

export const Address = ({ of }: { readonly of: string }) =>
  of.split(PARTS).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
