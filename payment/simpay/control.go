package simpay

import "net/http"

func (s *Sim) control(*http.ServeMux) {}
