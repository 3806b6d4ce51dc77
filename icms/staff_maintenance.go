package icms

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/store"
)

// MaintenanceNotice is a notice that the service will be down, as it was published here.
type MaintenanceNotice struct {
	calendar.Maintenance
	By Filer     `json:"by"`
	At time.Time `json:"at"`
}

// maintenanceRecord is what is kept of the notices of a court, in the order in which they were published.
type maintenanceRecord struct {
	Notices []MaintenanceNotice `json:"notices"`
}

// kindMaintenance is the kind of record of notices; id: <court>.
const kindMaintenance = "maintenance"

// EventMaintenancePublished tells of a notice of maintenance.
const EventMaintenancePublished = "icms.maintenance.published"

// PublishMaintenance keeps a notice that the service of a court will be down, or its correction or withdrawal under the same ID: it is known from
// now on. It shows in [Service.Status] and moves no receipt. Publishing the same again changes nothing.
func (s *Service) PublishMaintenance(ctx context.Context, court string, m calendar.Maintenance, by Filer) error {
	d, err := s.court(court)
	if err != nil {
		return err
	}
	if by.Organisation == "" || by.User == "" {
		return invalid("maintenance %q: it names the office and the person", m.ID)
	}
	if err := tagged("note", m.Note); err != nil {
		return err
	}
	for range maxTries {
		var kept maintenanceRecord
		version, err := s.readList(ctx, kindMaintenance, court, &kept)
		if err != nil {
			return err
		}
		at := s.now()
		m.Known = at
		if last := kept.last(m.ID); last != nil {
			if last.Known.After(at) { // the clock has jumped back
				m.Known = last.Known
			}
			if sameNotice(last.Maintenance, m) {
				return nil
			}
		}
		kept.Notices = append(kept.Notices, MaintenanceNotice{Maintenance: m, By: by, At: at})
		if _, err := kept.over(d.court.Maintenance); err != nil {
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
		err = s.keepList(ctx, d.court, listing{
			kind: kindMaintenance, version: version, body: kept, at: at, by: by, action: "maintenance published",
			event: EventMaintenancePublished, stream: "maintenance/" + court, about: "maintenance", id: m.ID,
		})
		if !errors.Is(err, store.ErrVersion) {
			return err
		}
	}
	return overtaken("maintenance " + m.ID)
}

// maintenance gives when the service of a court is announced to be down, by its own data and by what was published here.
func (s *Service) maintenance(ctx context.Context, c *Court) (calendar.Availability, error) {
	var kept maintenanceRecord
	if _, err := s.readList(ctx, kindMaintenance, c.Code, &kept); err != nil {
		return calendar.Availability{}, err
	}
	return kept.over(c.Maintenance)
}

func (r *maintenanceRecord) over(own calendar.Availability) (calendar.Availability, error) {
	notices := make([]calendar.Maintenance, len(r.Notices))
	for i, n := range r.Notices {
		notices[i] = n.Maintenance
	}
	return own.With(notices...)
}

func (r *maintenanceRecord) last(id string) *MaintenanceNotice {
	for i := len(r.Notices) - 1; i >= 0; i-- {
		if r.Notices[i].ID == id {
			return &r.Notices[i]
		}
	}
	return nil
}

// sameNotice reports whether two notices say the same, whenever each became known.
func sameNotice(a, b calendar.Maintenance) bool {
	return a.From.Equal(b.From) && a.Until.Equal(b.Until) && a.Withdrawn == b.Withdrawn && a.Provision == b.Provision && maps.Equal(a.Note, b.Note)
}
