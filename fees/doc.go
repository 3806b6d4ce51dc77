// Package fees prices what a court charges for, from a schedule that is data: which item, on paper or electronically, for which
// amount, as of which instant. Every price explains itself.
//
//	schedule, err := fees.Load(file)                                  // read and proven
//	pricer, err := schedule.Pricer("filing", fees.Electronic, at)     // resolved once
//	line, err := pricer.Line(amount)                                  // priced, without allocation
//	line.Payable, line.Status(), line.Reason()
//
// [Schedule.Quote] prices several uses with a total, a [Tally] sums the lines of a batch into the rows of an order of
// payment. The package knows no court: a court's schedule lies beside it, as in fees/hk, or in a file of your own.
//
// # What a price is
//
// The base is the paper fee. Used electronically, an item costs the same, less a concession that is in force at the instant:
// a rate of the base, rounded as the concession says. Conceded amounts are reckoned and never stored, so that a change of the
// paper tariff flows through. An item whose fee nobody knows gives a line that is Unknown; a total counts such lines
// and never takes them for zero.
//
// # The file
//
// A schedule is one JSON object in UTF-8. Every field that the format does not know, every field that stands twice, and every value
// of another type is refused. Amounts and rates are text, so that no tool on the way turns them into binary fractions. The
// package's example loads the file testdata/harbour.json, which uses all of this:
//
//	format       "fees/1"
//	name         what programs call the schedule: lower-case letters, digits, hyphens, points
//	version      the version of these data, in the same letters; quotes and reasons carry it
//	title        words by language tag: {"en": "...", "fr": "..."}
//	currency     ISO 4217 code; all amounts are plain decimals in it
//	zone         where civil dates begin: an offset such as "+01:00" or an IANA name such as "Europe/Berlin"
//	provisions   the sources by a name of your choice, each with instrument, section, title, url, and its status: confirmed,
//	             secondary, inferred or assumed; everything below cites them by name, and each must be cited
//	items        what is charged for, each with name, title and its editions
//	electronic   how items are used electronically; without it nothing is
//	concessions  what is taken off, and when
//
// An edition has from and until, a provision, and one of
//
//	flat         "18.00"
//	perUnit      {"fee": "2.50", "unit": {"en": "page"}}
//	percentage   {"rate": "0.05", "rounding": {...}, "minimum": "10", "maximum": "500"}, the limits optional
//	unknown      {"en": "assessed by the registrar"}, the reason
//	bands        a list of {"over": "5000", "upTo": "25000"} with flat, percentage or unknown, and optionally a provision
//	             of the fee where it is another than that of the bounds
//
// From and until are half-open: from belongs to the period, until no longer does, and either may be left out. Each is a date, which is
// its first instant in the zone, or an instant with offset as in RFC 3339. A rule whose last day is 30 June ends until
// 1 July. Bands read as laws do: over is not in the band, upTo is. The first band may leave out over (it then has zero), the
// last one upTo.
//
// A rounding is {"mode": "down", "step": "1", "provision": "..."}: to a multiple of the step, by the mode down, up, half-up or
// half-even.
//
// The object electronic has items, each with its name, the paper item whose fee it costs, a provision, and optionally title, from
// and until; its own from and until, which hold for every item that states none; unavailable, the items that can't be
// used electronically at all; and others, the provision under which all remaining items cost the paper fee when used electronically.
//
// A concession has a name, mode, items, from and until, rate (what is paid: "0.8" for 80 %), rounding, provision (of the rate)
// and optionally period (the provision of the dates). In mode electronic it names electronic items.
//
// # What is proven
//
// [Load] proves that the editions of an item follow each other without gap or overlap, in whatever order the file has them; the bands
// of an edition likewise, in whole minor units; that no two concessions are in force for one item, mode and instant; and that
// every name resolves. Before the first edition and after the last there is no fee (ErrNoFee): a file that wants Unknown
// there says so in an edition. All problems come at once, with path and line.
//
// # A whole example
//
// This is testdata/harbour.json, the tariff of an invented court.
//
//	{
//	  "format": "fees/1",
//	  "name": "harbour",
//	  "version": "2026-01",
//	  "title": {"en": "Harbour Court: fees", "de": "Hafengericht: Gebühren"},
//	  "currency": "EUR",
//	  "zone": "Europe/Berlin",
//
//	  "provisions": {
//	    "act":        {"instrument": "Harbour Fees Act", "section": "sch. 1", "url": "https://harbour.example/act", "status": "confirmed"},
//	    "order-2026": {"instrument": "Harbour Fees Order 2026", "status": "confirmed"},
//	    "cents":      {"instrument": "Harbour Fees Act", "section": "s. 9", "title": "down to the cent", "status": "confirmed"},
//	    "e-fees":     {"instrument": "Harbour Electronic Fees Rules", "section": "r. 2", "status": "secondary"},
//	    "half-euros": {"instrument": "Practice of the registry", "status": "assumed"}
//	  },
//
//	  "items": [
//	    {
//	      "name": "claim",
//	      "title": {"en": "Filing a claim", "de": "Einreichung einer Klage"},
//	      "editions": [
//	        {"from": "2025-01-01", "until": "2026-01-01", "provision": "act", "flat": "35"},
//	        {
//	          "from": "2026-01-01",
//	          "provision": "order-2026",
//	          "bands": [
//	            {"upTo": "300", "percentage": {
//	              "rate": "0.05",
//	              "rounding": {"mode": "down", "step": "0.01", "provision": "cents"},
//	              "minimum": "5.00"
//	            }},
//	            {"over": "300", "upTo": "10000", "flat": "40", "provision": "act"},
//	            {"over": "10000", "unknown": {"en": "assessed by the registrar", "de": "vom Gericht festgesetzt"}}
//	          ]
//	        }
//	      ]
//	    },
//	    {
//	      "name": "copy",
//	      "title": {"en": "Office copy", "de": "Amtliche Kopie"},
//	      "editions": [{"provision": "act", "perUnit": {"fee": "0.75", "unit": {"en": "page", "de": "Seite"}}}]
//	    },
//	    {
//	      "name": "seal",
//	      "title": {"en": "Sealing"},
//	      "editions": [{"provision": "act", "flat": "12.50"}]
//	    },
//	    {
//	      "name": "oath",
//	      "title": {"en": "Taking an oath"},
//	      "editions": [{"provision": "act", "flat": "10"}]
//	    }
//	  ],
//
//	  "electronic": {
//	    "from": "2025-07-01",
//	    "items": [
//	      {"name": "claim", "paper": "claim", "provision": "e-fees"},
//	      {"name": "copy", "paper": "copy", "from": "2026-01-01", "provision": "e-fees"},
//	      {"name": "download", "title": {"en": "Download"}, "paper": "copy", "from": "2026-01-01", "provision": "e-fees"}
//	    ],
//	    "unavailable": ["oath"],
//	    "others": "e-fees"
//	  },
//
//	  "concessions": [
//	    {
//	      "name": "first-year",
//	      "mode": "electronic",
//	      "items": ["claim", "copy"],
//	      "from": "2025-07-01",
//	      "until": "2026-07-01",
//	      "rate": "0.9",
//	      "rounding": {"mode": "half-up", "step": "0.50", "provision": "half-euros"},
//	      "provision": "e-fees",
//	      "period": "e-fees"
//	    }
//	  ]
//	}
package fees
