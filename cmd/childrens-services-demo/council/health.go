package council

func (s *simulation) writeHealth(p *carePeriod) {}
