/** How an application looks: its own logo, else the drawing of its kind. */
import { useQuery } from '@tanstack/react-query';
import classes from './logo.module.css';
import { connectorQuery, type Application } from './queries';

interface DrawnProps {
  readonly src: string | undefined;
  /** In pixels. */
  readonly size: number;
}

/** The name stands beside it, so that there is nothing to say of the image. */
export const Logo = ({ src, size }: DrawnProps) =>
  src === undefined ? (
    <span className={classes.logo} style={{ width: size, height: size }} />
  ) : (
    <img className={classes.logo} src={src} alt="" width={size} height={size} />
  );

interface Props {
  readonly application: Pick<Application, 'logo' | 'connector'>;
  readonly size: number;
}

export function ApplicationLogo({ application: { connector, logo }, size }: Props) {
  const { data } = useQuery(connectorQuery(connector));
  return <Logo src={logo ?? data?.logo} size={size} />;
}
