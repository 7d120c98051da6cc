/** Where one arrives: one's applications. */
import type { FastifyReply } from 'fastify';
import { html, type Html } from '../html.ts';
import type { ApiDeps } from '../http/deps.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import type { OwnVisit } from '../http/visit.ts';
import { startUrl } from '../idp/addresses.ts';
import { listTiles, type Tile } from '../store/portal-applications.ts';
import { ownPage } from './own-page.ts';
import { signedIn } from './visits.ts';

const logo = ({ label, logo: image }: Tile): Html =>
  image === null
    ? html`<span class="logo" aria-hidden="true">${Array.from(label)[0]?.toUpperCase()}</span>`
    : html`<img class="logo" src="${image}" alt="" />`;

const tile = (each: Tile): Html =>
  html`<li>
    <a href="${startUrl(each.applicationId)}"
      >${logo(each)}<span
        >${each.label} ${each.description !== null && html`<small>${each.description}</small>`}</span
      ></a
    >
  </li>`;

const homePage = ({ csrf, session }: OwnVisit, tiles: readonly Tile[]): Html =>
  ownPage({
    title: 'Your applications',
    csrf,
    place: '/portal',
    session,
    body: html`<h1>Hello, ${session.displayname ?? session.firstname ?? session.username}</h1>
      ${
        tiles.length === 0
          ? html`<p class="empty">No application is yours yet. Your administrator assigns them.</p>`
          : html`<p class="soft">Choose an application to open it.</p>
              <ul class="tiles">
                ${tiles.map(tile)}
              </ul>`
      }`,
  });

const showTiles = async ({ database }: ApiDeps, visit: OwnVisit, reply: FastifyReply) =>
  show(reply, homePage(visit, await listTiles(database.db, visit.session.userId)));

// Whoever holds a role mostly comes to work.
const goHome: Route = (api, deps) =>
  api.get(
    '/',
    page('self'),
    signedIn(deps, (visit, _request, reply) =>
      visit.session.role === null ? showTiles(deps, visit, reply) : Promise.resolve(goTo(reply, '/console/')),
    ),
  );

const showApplications: Route = (api, deps) =>
  api.get(
    '/portal',
    page('self'),
    signedIn(deps, (visit, _request, reply) => showTiles(deps, visit, reply)),
  );

export const homePages = routes(goHome, showApplications);
