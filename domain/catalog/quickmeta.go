package catalog

import "signaalboek/domain"

// quickMeta reads metadata that stand exactly as EncodeTrail writes them, which is all that this program ever wrote. It
// is there because a replay reads them with every event: the general decoder took a third of the time of decoding, most
// of it for commitments that nobody looks at. False means: something is otherwise, so let the general decoder say what.
func quickMeta(raw []byte) (meta domain.Meta, ok bool) {
	_, meta, ok = quickTrail(raw)
	return meta, ok
}

// quickSeed reads from the same metadata which seed they name.
func quickSeed(raw []byte) (seed domain.SeedID, ok bool) {
	seed, _, ok = quickTrail(raw)
	return seed, ok
}

func quickTrail(raw []byte) (seed domain.SeedID, meta domain.Meta, ok bool) {
	q := quickReader{raw: raw}
	q.skip(`{`)
	meta.Command = q.id(`"command":"`)
	meta.Actor = q.id(`"actor":"`)
	meta.Practice = q.practice(`"practice":"`)
	meta.On = q.date(`"on":"`)
	q.base64(`"body":"`)
	seed = q.seed(`"seed":"`)
	q.base64(`"nonce":"`)
	q.base64(`"fields":"`)
	q.confirmation(`"confirmed":{`)
	q.skip(`}`)
	return seed, meta, q.done()
}
