package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"courts.example/eservices/icms/money"
)

// Keys are the two names under which a claim is found again among those filed, stable for ever. Equal keys mean the same thing:
// letter case, width and spacing make no difference (see [Fold]).
type Keys struct {
	// Reference names the claim by its claimant's reference: "claimant-id/ref/inv-0001". A reference of more than 128 bytes stands
	// there as its SHA-256. Empty when the claim has no reference.
	Reference string
	// Substance names it by what it is about: the names and addresses of the defendants in any order, the cause (category, nature and
	// the day on which it arose) and the amount. Empty when the claim has no defendant or no amount.
	Substance string
}

// maxKeyReference is the longest reference that stands in a key as it is.
const maxKeyReference = 128

// Keys gives the claim's keys for the claimant of that id.
func (c *Claim) Keys(claimant string) Keys {
	var k Keys
	var buf [512]byte
	if ref := appendFold(buf[:0], c.Reference); len(ref) > maxKeyReference {
		sum := sha256.Sum256(ref)
		k.Reference = claimant + "/ref/sha256:" + hex.EncodeToString(sum[:])
	} else if len(ref) > 0 {
		k.Reference = claimant + "/ref/" + string(ref)
	}
	if c.hasSubstance() {
		sum := sha256.Sum256(appendAmount(appendCause(buf[:0], c), c.Amount))
		k.Substance = claimant + "/sub/" + hex.EncodeToString(sum[:16])
	}
	return k
}

func (c *Claim) hasSubstance() bool { return len(c.Defendants) > 0 && c.Amount.Sign() > 0 }

// separator stands between the parts of a cause; no fold holds it.
const separator = 0x1f

// appendCause appends the defendants and the cause in the form in which they are compared.
func appendCause(dst []byte, c *Claim) []byte {
	if len(c.Defendants) == 1 {
		dst = appendParty(dst, &c.Defendants[0])
	} else {
		parties := make([]string, len(c.Defendants))
		for i := range c.Defendants {
			parties[i] = string(appendParty(nil, &c.Defendants[i]))
		}
		slices.Sort(parties)
		for _, p := range parties {
			dst = append(append(dst, p...), separator)
		}
	}
	dst = appendFold(append(dst, separator), string(c.Category))
	dst = appendFold(append(dst, separator), c.Nature)
	y, m, d := c.AroseOn.Date()
	dst = strconv.AppendInt(append(dst, separator), int64(y*10000+int(m)*100+d), 10)
	return append(dst, separator)
}

func appendParty(dst []byte, p *Party) []byte {
	dst = appendFold(dst, p.Name)
	dst = appendFold(append(dst, separator), p.Chinese)
	return appendFold(append(dst, separator), p.Address)
}

func appendAmount(dst []byte, a money.Amount) []byte {
	return a.AppendPlain(append(dst, a.Currency().Code()...))
}
