package signal

import "signaalboek/domain"

// Schemas is how the events of signals stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[PickedUp](), domain.SchemaOf[Noted](), domain.SchemaOf[EvidenceLinked](),
		domain.SchemaOf[Worded](), domain.SchemaOf[Weighed](), domain.SchemaOf[KeeperNamed](),
		domain.SchemaOf[Recognised](), domain.SchemaOf[MandateGiven](), domain.SchemaOf[MandateRefused](),
		domain.SchemaOf[OtherWordingAsked](), domain.SchemaOf[Scheduled](), domain.SchemaOf[Unscheduled](),
		domain.SchemaOf[Discussed](), domain.SchemaOf[WentUnanswered](), domain.SchemaOf[Decided](),
		domain.SchemaOf[PromiseKept](), domain.SchemaOf[PromiseBroken](), domain.SchemaOf[PublicActionTaken](),
		domain.SchemaOf[CarriedOut](), domain.SchemaOf[AnsweredByOwnOffer](), domain.SchemaOf[FedBack](),
		domain.SchemaOf[ReactionHeard](), domain.SchemaOf[Parked](), domain.SchemaOf[Resumed](),
		domain.SchemaOf[Closed](), domain.SchemaOf[Reopened](),
	}
}
